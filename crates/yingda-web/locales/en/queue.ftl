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
queue-ignored = These conditions were not understood and left out: { $names }
queue-condition = { $name }: { $value }
queue-overdue = Over the limit
queue-ended-from = Closed from
queue-ended-until = Closed until
queue-satisfied = Customer satisfied
queue-rated = Rated
queue-rating = Rating
queue-responded = Responded to
queue-solved = Solved
queue-again = Needed a second round
queue-sheet = Sheet sent to
queue-sheet-from = Sheet sent from
queue-sheet-until = Sheet sent until
queue-sheet-answered = Sheet answered
queue-order = Order
queue-order-due = Due first
queue-order-newest = Newest first
queue-state-running = Not closed
queue-state-any = Any state
queue-state-ended = Closed or archived
queue-me = Me
queue-empty-word = (not filled in)
view-owned = Received by me
view-due = By due time
view-ended = Closed
view-saved = The view is saved.
view-renamed = The view is renamed.
view-removed = The view is deleted.
archive-selected = Archive selected
export-csv-gbk = CSV (GBK)
bulk-none = No ticket was ticked.
bulk-taken = { $n ->
    [one] Took { $n } ticket.
   *[other] Took { $n } tickets.
  }
bulk-archived = { $n ->
    [one] Archived { $n } ticket.
   *[other] Archived { $n } tickets.
  }
bulk-failed = {" "}{ $n } did not work:{" "}
bulk-reason = { $numbers } — { $reason }
bulk-partly = { $done }{ $failed }{ $reasons }
