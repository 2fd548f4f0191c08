# Queue

queue-title = Tickets
queue-views = Views
queue-filter = Filter
queue-apply = Apply
queue-clear = Clear
queue-drop = Drop this
queue-empty = No ticket fits
queue-empty-hint = Loosen the filter or open another view.
queue-from = Received from
queue-to = Received until
queue-text = Words
view-all = All open
view-mine = Mine
view-untaken = Not taken
view-soon = Due soon
view-over = Over the limit
view-save = Save as view
view-name = Name of the view
view-rename = Save view
view-delete = Delete view
export-xlsx = Export Excel
export-csv = Export CSV
select-page = Select this page
select-none = Tick tickets to take them together
take-selected = Take selected
