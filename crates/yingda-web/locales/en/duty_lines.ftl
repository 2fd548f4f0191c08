# Lines of a ticket's history that duty writes
line-auto-assigned = assigned to { $to } by the duty rule ({ $rule })
line-auto-assigned-elsewhere = nobody of the department is on duty: passed on to { $to }, on duty in { $department }
line-auto-assigned-head = nobody of the department is on duty: assigned to its head, { $to }
line-on-duty = On duty: { $people }
line-considered = { $who } ({ $n } open)
line-considered-skilled = { $who } ({ $n } open, has the skill)
line-no-skill = Nobody on duty has the skill for this kind, so it went to whoever has least open.
line-waits-until = nobody of the department is on duty: waits until { $at }
line-waits = nobody of the department is on duty: waits until somebody is
line-handed-over = shift hand-over ({ $day }): passed on from { $from } to { $to }; the first receiver stays answerable
line-duty-rule-manual = not by itself
line-duty-rule-round-robin = in turn
line-duty-rule-least-loaded = least open first
line-duty-rule-skill = by skill
