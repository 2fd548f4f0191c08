# Monthly figures

month-prev = Month before
month-next = Month after
month-of = { $mon } { $year }
figures-received = Received
figures-closed = Closed
figures-in-time = In time
figures-satisfaction = Satisfaction
figures-handled = Handled
figures-over = Over the limit
figures-by-kind = By kind
figures-by-process = By process
figures-by-department = By department
figures-by-channel = By channel
figures-by-rating = Ratings
figures-share = Share
figures-count = Count
figures-none = Nothing this month.
figures-times = Handling times
figures-response-median = Response, median
figures-response-p90 = Response, 90% within
figures-solve-median = Solved, median
figures-solve-p90 = Solved, 90% within
figures-note = Times are calendar time. Every number opens the tickets behind it.
