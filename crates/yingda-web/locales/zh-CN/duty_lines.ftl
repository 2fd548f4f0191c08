# 工单历史里由值班写下的各行
line-auto-assigned = 按值班规则（{ $rule }）自动分派给{ $to }
line-auto-assigned-elsewhere = 本部门无人值班，自动转给{ $department }当班的{ $to }
line-auto-assigned-head = 本部门无人值班，自动分派给负责人{ $to }
line-on-duty = 当班：{ $people }
line-considered = { $who }（手上 { $n } 件）
line-considered-skilled = { $who }（手上 { $n } 件，有此技能）
line-no-skill = 当班人员都没有这类问题的技能，改按手上最少者分派。
line-waits-until = 本部门无人值班，等到 { $at } 有人值班时再分派
line-waits = 本部门无人值班，等有人值班时再分派
line-handed-over = 交接班（{ $day }）：由{ $from }转给{ $to }处理，首接负责人不变
line-duty-rule-manual = 不自动分派
line-duty-rule-round-robin = 轮流
line-duty-rule-least-loaded = 手上最少者优先
line-duty-rule-skill = 按技能
