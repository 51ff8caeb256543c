# ruff: noqa: F541, S608 -- statements as somebody would send them, each on its line
"""Statements that would stall, fill or open a server that runs whatever readers write; each of another kind."""

from __future__ import annotations

X, Y, ZERO = "printf('%.*c', {}, 'x')", "printf('%.*c', {}, 'y')", "zeroblob({})"
NUMBERS = "with recursive t(n) as (select 1 union all select n + 1 from t) "
CROSS = "cells a, cells b, cells c"
LONG = X.format(4_000_000)

PROBES: dict[str, str] = {
    # one call that nothing interrupts
    "trim, a large set": f"select length(trim({LONG}, {Y.format(400_000)} || 'x'))",
    "trim, a set of many": f"select length(trim({LONG}, (select group_concat(char(n), '') from ({NUMBERS} select n + 200 as n from t limit 90000)) || 'x'))",
    "ltrim": f"select length(ltrim({LONG}, {Y.format(400_000)} || 'x'))",
    "rtrim": f"select length(rtrim({LONG}, {Y.format(400_000)} || 'x'))",
    "trim of every row": f"select count(trim(a.printed || 'xxxxxxxxx', {Y.format(100_000)} || 'x')) from {CROSS}",
    "instr": "select instr(zeroblob(5000000), zeroblob(2500000) || x'01')",
    "instr, a chain": "select " + " + ".join(["instr(zeroblob(5000000), zeroblob(2500000) || x'01')"] * 30),
    "instr of every row": f"select sum(instr(zeroblob(1000000), zeroblob(500000) || x'01')) from {CROSS}",
    "replace, no hit": "select length(replace(zeroblob(5000000), zeroblob(2500000) || x'01', 'x'))",
    "replace, growth": f"select length(replace(replace({X.format(5_000_000)}, 'x', 'xxxxxxxxxx'), 'x', 'xxxxxxxxxx'))",
    "replace, within the bound": f"select length(replace({X.format(600_000)}, 'x', 'yyyyyyyyyy'))",
    "replace, a chain": "select length(" + "replace(" * 20 + X.format(90) + ", 'x', 'xx')" * 20 + ")",
    "like, many %": f"select {X.format(5_000_000)} like '{'%x' * 400}y'",
    "like, a pattern of a row": f"select count(*) from {CROSS} where a.printed || b.printed like '%' || c.printed || '%_%0%1%2'",
    "like, too long": f"select 'a' like replace({X.format(2000)}, 'x', '%a')",
    "glob, many *": f"select {X.format(5_000_000)} glob '{'*x' * 400}y'",
    "glob, sets": f"select {X.format(5_000_000)} glob '{'*[a-x]' * 100}y'",
    "upper and lower": "select length(" + "upper(lower(" * 10 + X.format(5_000_000) + "))" * 10 + ")",
    "hex": f"select length(hex({ZERO.format(2_900_000)}))",
    "hex, a chain": "select length(hex(hex(hex(hex(zeroblob(300000))))))",
    "quote": f"select length(quote({ZERO.format(2_900_000)}))",
    "substr, one character each": f"{NUMBERS} select count(substr({LONG}, n, 1)) from t limit 1000000",
    "unicode and char": f"{NUMBERS} select count(char(n, n, n, n) || unicode(char(n))) from t",
    # values that grow
    "zeroblob": "select zeroblob(900000000)",
    "zeroblob, many columns": "select " + ", ".join(["zeroblob(5900000)"] * 60),
    "randomblob": "select randomblob(900000000)",
    "randomblob, many columns": "select " + ", ".join(["randomblob(5000000)"] * 60),
    "randomblob, many rows": "select randomblob(5000000) from cells",
    "printf, wide": "select printf('%900000000d', 1)",
    "printf, precise": "select printf('%.900000000f', 1.5)",
    "printf, many widths": "select " + ", ".join(["printf('%5900000d', 1)"] * 60),
    "printf, commas": f"{NUMBERS} select count(printf('%,d %s %q %w', n, n, n, n)) from t",
    "concat": "select " + " || ".join([X.format(5_000_000)] * 10),
    "concat, doubled": f"with recursive t(x) as (select 'xxxxxxxx' union all select x || x from t) select max(length(x)) from t",
    "group_concat": f"select length(group_concat(a.printed || b.printed)) from {CROSS}",
    "group_concat of texts": "select group_concat(text, text) from source_texts, cells",
    "group_concat, a chain": f"select length(group_concat(x)) from (select group_concat(printed) as x from cells group by report_id), items",
    "group_concat over a window": "select max(length(x)) from (select group_concat(total) over (order by a.report_id) as x from applications a, items, measures)",
    # time
    "strftime": f"{NUMBERS} select max(strftime('%J%j%Y%J', n)) from t",
    "strftime, a long format": f"select length(strftime(replace({X.format(600_000)}, 'x', '%J%H%M%f'), 'now'))",
    "strftime, a chain": f"{NUMBERS} select max(strftime('%s', strftime('%J', n) + 1)) from t limit 100000000",
    "date, many modifiers": f"{NUMBERS} select max(date('now', {', '.join(['n || chr'.replace('chr', repr(' days'))] * 90)})) from t",
    # rows without end
    "recursion without end": f"{NUMBERS} select count(*) from t",
    "recursion that keeps": f"{NUMBERS} select n from t order by n desc limit 1",
    "recursion, distinct": "with recursive t(n) as (select 1 union select n + 1 from t) select count(*) from t",
    "recursion by the dozen": "with recursive "
    + ", ".join(f"t{i}(n) as (select 1 union all select n + 1 from t{i} limit 9000000)" for i in range(12))
    + " select "
    + " + ".join(f"(select count(*) from t{i})" for i in range(12)),
    "recursion, doubled": "with recursive t(n) as (select 1 union all select n + 1 from t union all select n + 2 from t) select count(*) from t",
    "a cross join": f"select count(*) from {CROSS} where a.printed || b.printed = c.printed",
    "a cross join, sorted": f"select a.printed from {CROSS} order by random() limit 5",
    "a cross join, distinct": f"select count(distinct a.printed || b.printed || c.printed) from {CROSS}",
    "a cross join, grouped": f"select a.report_id || b.report_id || c.item, count(*) from {CROSS} group by 1",
    "a union of many": " union ".join(["select a.printed || b.printed from cells a, cells b"] * 100),
    "an exists in an exists": "select count(*) from cells a where exists (select 1 from cells b where exists (select 1 from cells c where c.value > b.value + a.value + 1e9))",
    "a window over a cross join": "select sum(n) from (select row_number() over (order by a.printed, b.printed) as n from cells a, cells b)",
    "windows one in another": f"select max(n) from (select sum(n) over (order by n rows between 9999 preceding and 9999 following) as n from (select count(*) over (partition by a.item) as n from {CROSS}))",
    "percentiles over a cross join": "select max(r) from (select percent_rank() over (order by a.printed || b.printed) as r from cells a, cells b)",
    # JSON
    "json_each of much": f"select count(*) from json_each('[' || replace({X.format(1_900_000)}, 'x', '1,') || '1]') a, json_each('[1,2,3]') b, cells",
    "json_each within itself": f"with recursive t(x) as (select '[[1,2],[3,4]]' union all select json_array(x, x) from t) select count(*) from t, json_tree(t.x)",
    "json, deep": f"select json_valid(replace({X.format(900_000)}, 'x', '[') || replace({X.format(900_000)}, 'x', ']'))",
    "json_group_array": "select json_group_array(text) from source_texts, cells",
    "json_group_object": f"select length(json_group_object(a.rowid || b.rowid, a.total)) from applications a, applications b, applications c",
    "json_patch": f"{NUMBERS} select json_patch(json_object('a', {X.format(2_000_000)}), json_object('b', {X.format(2_000_000)})) from t",
    # the search index and the parser
    "search, every pair": "select count(*) from source_texts_fts a, source_texts_fts b where a.source_texts_fts match '\"的\"' and b.source_texts_fts match '\"的\"'",
    "search, a long query": f"select count(*) from source_texts_fts where source_texts_fts match replace({X.format(100_000)}, 'x', 'a OR ') || 'a'",
    "escape_fts of much": f"select length(escape_fts({X.format(5_900_000)}))",
    "brackets": "select " + "(" * 90 + "1" + ")" * 90,
    "a case of many": "select case 1 " + " ".join(f"when {n} then {n}" for n in range(1500)) + " end from cells a, cells b",
    "a list of many": "select count(*) from cells a, cells b where a.value in (" + ",".join(map(str, range(4000))) + ") and b.value > 1e12",
}  # fmt: skip

CLOSED = [
    "select * from pragma_database_list",
    "select file from pragma_database_list",
    "select * from pragma_function_list",
    "select * from pragma_compile_options",
    "select * from pragma_temp_store_directory",
    "select fts3_tokenizer('simple')",
    "select load_extension('x')",
    "select load_extension('/etc/passwd')",
    "select sqlite_source_id()",
    "select sqlite_compileoption_get(1)",
    "select readfile('/etc/passwd')",
    "select * from dbstat",
    "select sql from sqlite_stmt",  # what others asked
    "select * from bytecode('select 1')",
    "explain select * from source_texts_fts",  # tells where in memory the table stands
    "/* */ explain /* */ select * from source_texts_fts",
    "select snippet(source_texts_fts, 0, 0, 0, 0, x'00') from nothing",
    "select pointer from carray(1, 1)",
    "attach '/etc/passwd' as x",
    "vacuum into '/tmp/x'",
    "pragma journal_mode",
]
