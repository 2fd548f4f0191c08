# Forms of processes
form-when = To be filled in when “{ $label }” is “{ $values }”.
form-needed-when = Required when “{ $label }” is “{ $values }”.
form-needed-empty = Required without “{ $label }”.
form-tells-customer = This is recorded as what the customer is told.
form-or = { " " }or{ " " }
form-field-fault = { $field }: { $fault }
field-file-too-large = “{ $name }” is too large; at most { $mb } MB per file.
field-file-type = “{ $name }” cannot be uploaded: it is { $found }, which is not taken, or not what its name says.
