-- Every day that was proclaimed a bank holiday.
SELECT to_jsonb(b)::text
FROM views.bank_holidays AS b
ORDER BY b.day, b.nation
