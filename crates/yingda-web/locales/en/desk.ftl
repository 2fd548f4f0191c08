# My desk

desk-title = My desk
desk-mine = My tickets
desk-mine-empty = Nothing open on your desk
desk-mine-empty-hint = Take one below, or take a call.
desk-mine-empty-hint-department = Take one of your department’s below.
desk-untaken = Not taken yet
desk-untaken-empty = Every ticket has somebody
desk-due-next = Due next
desk-due-empty = Nothing is due soon.
desk-to-tell = Customers to be told
desk-to-tell-empty = Nobody is waiting for word.
desk-sheets = Sheets to follow
desk-sheets-empty = No sheet is waiting.
desk-today = { $weekday }, { $mon } { $day }
desk-told = Told
desk-owned = Mine to answer for, others work
desk-inbox = Sheets that wait for us
desk-inbox-empty = No sheet waits for your department.
