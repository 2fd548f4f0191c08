# 组件：字段、时限、列表、词语

yes = 是
no = 否
field-required = 必填
choice-none = 不填
choice-pick = 请选择
choice-any = 全部
form-faults = 还有 { $n } 处需要补充或更正
paging = 翻页
paging-prev = 上一页
paging-next = 下一页
paging-shown = 本页 { $n } 条
selected = 已选 { $n } 条
save = 保存
cancel = 取消
edit = 编辑
delete = 删除
back = 返回
all-of-them = 查看全部
optional = 选填

# 时间
time-today = 今天 { $clock }
time-yesterday = 昨天 { $clock }
time-tomorrow = 明天 { $clock }
time-this-year = { $month }月{ $day }日 { $clock }
time-other-year = { $year }年{ $month }月{ $day }日 { $clock }
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
due-at = 到期：{ $when }
due-none = 无时限
due-met = 已按时完成
due-paused = 计时已暂停
left-now = 不到 1 分钟
left-minutes = 还剩 { $n } 分钟
left-hours = 还剩 { $n } 小时
left-hours-minutes = 还剩 { $n } 小时 { $m } 分
left-days = 还剩 { $n } 天
left-days-hours = 还剩 { $n } 天 { $m } 小时
over-now = 刚刚超时
over-minutes = 超时 { $n } 分钟
over-hours = 超时 { $n } 小时
over-hours-minutes = 超时 { $n } 小时 { $m } 分
over-days = 超时 { $n } 天
over-days-hours = 超时 { $n } 天 { $m } 小时

# 优先级（S03）
priority = 优先级
priority-urgent = 紧急
priority-high = 高
priority-normal = 中
priority-low = 低

# 工单状态
state-new = 待受理
state-assigned = 已分派
state-working = 处理中
state-waiting-customer = 等待客户
state-waiting-department = 等待部门答复
state-solved = 已解决
state-confirmed = 已解决-客户确认
state-closed = 已关闭
state-archived = 已归档

# 渠道
channel-phone = 电话
channel-chat = 在线客服
channel-mail = 邮件
channel-letter = 来信
channel-visit = 来访
channel-import = 导入

# 角色
role-agent = 客服专员
role-supervisor = 主管
role-manager = 经理
role-member = 部门成员
role-head = 部门负责人
role-administrator = 管理员

# 工单列表
ticket-number = 工单编号
ticket-title = 事项
ticket-state = 状态
ticket-department = 处理部门
ticket-assignee = 处理人
ticket-owner = 首接负责人
ticket-due = 时限
ticket-received = 受理时间
ticket-updated = 最近更新
ticket-channel = 渠道
ticket-kind = 问题类型
ticket-process = 流程
ticket-customer = 客户
ticket-action = 操作
ticket-pick = 选择
ticket-pick-one = 选择工单 { $number }
customer-unknown = 未登记的来电人
assignee-none = 无人认领
take = 认领

# 工作联系单
sheet = 工作联系单
sheet-state-new = 待签收
sheet-state-received = 处理中
sheet-state-answered = 已答复
sheet-state-countersigned = 已会签
sheet-state-published = 已转标准答案
