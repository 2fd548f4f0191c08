//! Tables in and out: xlsx, CSV in UTF-8 and GBK, column mappings, faults by row and column.
