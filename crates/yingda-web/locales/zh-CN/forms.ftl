# 流程表单
form-when = “{ $label }”为“{ $values }”时填写。
form-needed-when = “{ $label }”为“{ $values }”时必填。
form-needed-empty = 没有“{ $label }”时必填。
form-tells-customer = 此内容将作为给客户的答复记录。
form-or = 或
form-field-fault = { $field }：{ $fault }
field-file-too-large = “{ $name }”太大，单个文件最大 { $mb } MB。
field-file-type = 不能上传“{ $name }”：类型为 { $found }，不在允许的范围内，或内容与扩展名不符。
