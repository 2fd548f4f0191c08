# 工单队列

queue-title = 工单队列
queue-views = 视图
queue-filter = 筛选
queue-apply = 筛选
queue-clear = 清除条件
queue-drop = 去掉此条件
queue-empty = 没有符合条件的工单
queue-empty-hint = 放宽条件或换一个视图看看。
queue-from = 受理自
queue-to = 受理至
queue-text = 关键词
view-all = 全部未关闭
view-mine = 我处理的
view-untaken = 无人认领
view-soon = 即将超时
view-over = 已超时
view-save = 存为视图
view-name = 视图名称
view-rename = 保存视图
view-delete = 删除视图
export-xlsx = 导出 Excel
export-csv = 导出 CSV
select-page = 全选本页
select-none = 勾选工单后可批量认领
take-selected = 认领所选
