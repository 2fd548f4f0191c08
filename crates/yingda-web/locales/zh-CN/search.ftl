# 搜索

search-in = 搜索范围
search-in-all = 全部
search-in-tickets = 工单
search-in-messages = 消息
search-in-answers = 标准答案
search-hit-ticket = 工单
search-hit-message = 消息
search-hit-answer = 标准答案
search-start = 输入要找的内容
search-start-hint = 工单编号、客户名称、电话，或两个字以上的关键词；简繁、全半角均可。
search-none = 没有找到“{ $query }”
search-none-hint = 换个关键词，或检查搜索范围。
search-no-words = 请输入文字或数字；只有标点无法搜索。
search-in-sheets = 联系单
search-hit-sheet = 联系单
