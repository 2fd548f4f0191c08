# Import

import-title = Import tickets
import-lead = Checked first: with a single fault nothing comes in.
import-upload = Choose a file
import-file = File
import-file-hint = Excel (.xlsx) or CSV (UTF-8, GBK), at most 50 MB; the first row holds the headings.
import-file-missing = Please choose a file.
import-file-gone = Files are kept for an hour only and this one is gone; please choose it again. The rules for its columns are kept.
import-sheet = Sheet
import-sheet-hint = The first visible sheet if left empty; not for CSV.
import-process = Into process
import-process-none = No process takes whole tables.
import-process-gone = This process takes no tables.
import-try = Check
import-checking = Checking…
import-check = Check
import-rows = { $n } rows
import-into = Into: { $process }
import-good = { $n ->
    [one] 1 row can come in
   *[other] { $n } rows can come in
}
import-bad = { $n ->
    [one] 1 row has faults
   *[other] { $n } rows have faults
}
import-fault-count = { $n ->
    [one] 1 fault
   *[other] { $n } faults
}
import-bad-advice = Correct these in the file and choose it again, or match the columns differently below. Nothing has come in.
import-good-advice = No faults. Ready to come in.
import-no-rows = There is nothing below the headings.
import-row = Row
import-column = Column
import-value = Value
import-fault = Fault
import-warning = Note
import-warnings = Notes (they stop nothing)
import-more = { $n } more are not shown
import-download = Download all faults (CSV)
import-go = { $n ->
    [one] Import 1 row
   *[other] Import { $n } rows
}
import-going = Importing…
import-other-file = Another file
import-kept = The file is kept on the server for an hour, so it need not be uploaded again.
import-preview = The first rows as they would come in
import-mapping = Match columns
import-mapping-hint = For each field of a ticket, choose the column of the file that fills it.
import-unused = Columns not used: { $names }.
import-leave-out = Leave out
import-fixed = Always “{ $value }”
import-by-rule = By rule ({ $rule })
import-dates = Dates
import-dates-standard = Year first (2024-10-01 09:30)
import-dates-us = Also month/day/year (10/31/2024)
import-again = Check again with these columns
import-rules = Rules for the columns (JSON)
import-rules-wrong = The rules cannot be read, so nothing has been checked yet; correct them below.
import-rules-label = Rules
import-rules-hint = To join columns, replace values and set defaults; the manual’s “Import and export” says how.
import-done = Done
import-done-count = { $n ->
    [one] 1 ticket has come in
   *[other] { $n } tickets have come in
}
import-see = Show them
