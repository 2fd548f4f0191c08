# 接口的问题文档：还没有到达任何业务的请求
api-no-token = 请带上接口令牌：Authorization: Bearer yd_…。
api-bad-token = 此接口令牌不存在、已被撤销，或其主人已不能登录。
api-bad-key = Idempotency-Key 应为 1 到 200 个可见 ASCII 字符。
api-malformed = 提交的内容无法读取。
api-malformed-json = 提交的内容不是 JSON：{ $why }。
api-not-found = 此地址没有内容。
api-method-not-allowed = 此地址不接受这种方法，可用的方法见 Allow 头。
api-body-too-large = 正文过大：JSON 最多 2 MB，带文件最多 50 MB。
api-unsupported-media-type = 请以 application/json 提交正文。
api-fields = 有字段不符合要求，已逐一列出。
api-field-unknown-field = 这里没有名为 { $field } 的字段。
api-field-missing = 缺少字段 { $field }。
api-field-twice = 字段 { $field } 出现了两次。
api-field-not-an-option = { $field } 的值不在可选范围内（{ $why }）。
api-field-wrong-type = { $field } 的值不符合要求（{ $why }）。
field-unreadable = 无法读取：{ $why }。
