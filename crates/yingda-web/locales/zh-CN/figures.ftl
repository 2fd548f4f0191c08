# 月度数据

month-prev = 上月
month-next = 下月
month-of = { $year }年{ $month }月
figures-received = 受理
figures-closed = 关闭
figures-in-time = 及时率
figures-satisfaction = 满意度
figures-handled = 处理率
figures-over = 超时
figures-by-kind = 按问题类型
figures-by-process = 按流程
figures-by-department = 按处理部门
figures-by-channel = 按渠道
figures-by-rating = 客户评价
figures-share = 占比
figures-count = 数量
figures-none = 本月没有数据。
figures-times = 处理时长
figures-response-median = 响应中位数
figures-response-p90 = 响应 90% 以内
figures-solve-median = 解决中位数
figures-solve-p90 = 解决 90% 以内
figures-note = 时长按日历时间计算；每个数字都可点开查看对应工单。
