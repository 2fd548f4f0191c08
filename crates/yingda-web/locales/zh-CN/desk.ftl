# 我的工作台

desk-title = 我的工作台
desk-mine = 我的工单
desk-mine-empty = 手上没有未完成的工单
desk-mine-empty-hint = 可以从下方认领，或接听来电。
desk-mine-empty-hint-department = 可以从下方认领本部门的工单。
desk-untaken = 无人认领
desk-untaken-empty = 所有工单都已有人处理
desk-due-next = 接下来到期
desk-due-empty = 暂无即将到期的工单。
desk-to-tell = 待告知客户
desk-to-tell-empty = 没有需要告知的客户。
desk-sheets = 跟进中的联系单
desk-sheets-empty = 没有等待答复的联系单。
desk-today = { $month }月{ $day }日 { $weekday }
desk-told = 已告知
desk-owned = 我首接、他人处理
desk-inbox = 待本部门答复的联系单
desk-inbox-empty = 没有等待本部门答复的联系单。
