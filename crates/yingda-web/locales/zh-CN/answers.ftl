# 标准答案

search = 搜索
answers-query = 问题或关键词
answers-empty = 没有找到标准答案
answers-empty-hint = 换个说法试试；仍没有时，可向相关部门发工作联系单。
answer-new = 新增标准答案
answer-edit = 编辑标准答案
answer-question = 客户问题
answer-text = 标准答案
answer-department = 归口部门
answer-review = 下次复核日期
answer-reason = 修改原因
answer-owner = 归口部门
answer-reviewed = 复核
answer-expires = 下次复核
answer-used = 使用
answer-uses = 引用 { $n } 次
answer-version = 第 { $n } 版
answer-source = 来源联系单
answer-history = 修订历史
answer-facts = 答案信息
answer-draft-from = 草稿来自工作联系单
answer-in-force = 有效
answer-to-review = 待复核
answer-expired = 已过期
