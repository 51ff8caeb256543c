-- The published database. Every table and column is described for readers in metadata.yml.
-- Values of a section table come in fours: the number, its status (stated, blank, inferred, unreadable; NULL when the
-- document has no such cell) and the range of source_texts.text it was read from (from 0, end excluded). placed_by is the
-- proof that a row's cells belong to their columns (NULL: none has placed them), layout how the document parts them.

create table regions (
    code text primary key,          -- GB/T 2260, six digits
    name text not null,
    parent text references regions(code),
    pinyin text                     -- the name in letters and their initials, without blanks in each
);

create table agencies (
    code text primary key,          -- <region code>-<slug>
    name text not null,             -- full name with its place
    level text check (level in ('national', 'province', 'prefecture', 'county', 'township')),
    kind text check (kind in ('government', 'department', 'organisation')),
    region text references regions(code),
    parent text references agencies(code),
    other_names text,               -- separated by ；
    pinyin text,                    -- each of its names in letters and their initials
    since integer, until integer,   -- the first and the last year it has to report on; NULL: not known, or no end
    merged_into text references agencies(code),     -- who reports for it afterwards
    listed integer not null default 0,              -- 1: in data/agencies.csv; 0: met in a document
    for_government integer not null default 0       -- 1: it reports in the stead of its region's government
);
create index agencies_region on agencies(region);
create index agencies_parent on agencies(parent);
create index agencies_merged_into on agencies(merged_into);

create table editions (
    code text primary key, name text not null, name_en text not null, notice text,
    from_year integer,              -- the reports for this year and later ones, until the next edition, have this form
    statutory integer not null      -- 1: it has the six sections; 0: a list of indicators
);
create table sections (code text primary key, number integer, name text not null, name_en text not null);
create table forms (                -- JSON: a section's table as data/forms has it, its articles, rows, groups, columns and note
    edition text not null references editions(code),
    section text not null references sections(code),
    form text not null,
    primary key (edition, section)
);
create table items (
    code text primary key, section text not null references sections(code), position integer not null, name text not null, name_en text not null,
    whole text                      -- the code of the group of rows it stands in: withheld; the narrative counts the groups too
);
create table measures (code text primary key, name text not null, name_en text not null);

create table source_texts (
    id text primary key,            -- SHA-256 of the document's bytes
    report_id text references reports(id),
    path text not null,
    url text,
    media_type text,
    encoding text,
    retrieved_on text,
    fidelity text not null default 'as collected',
    refused_because text,
    text text not null default ''   -- the last column: SQLite reads through it to what stands behind
);
create index source_texts_report on source_texts(report_id);

create table reports (
    id text primary key,            -- <agency code>-<year>, or source-<first 12 of the source id>
    agency text references agencies(code),
    year integer,
    title text,
    edition text references editions(code),
    published_on text,              -- as the page states it, ISO 8601
    signed_on text,                 -- the date under the text
    document_number text,
    status text not null check (status in ('read', 'partial', 'refused')),
    source_id text not null references source_texts(id),
    region text references regions(code),
    level text,
    stated_cells integer not null default 0,
    findings integer not null default 0,
    in_doubt integer not null default 0, -- of how many of the findings neither the program nor a person says that the report has it so
    mistakes integer not null default 0 -- of how many mistakes the findings may come: those that may come of one count once
);
create index reports_agency on reports(agency, year);
create index reports_listed on reports(year desc, region is null, region, id);
create index reports_found on reports(findings desc, year desc, id);
create index reports_dated on reports(coalesce(published_on, signed_on) desc, id);
create index reports_region on reports(region);
create index reports_source on reports(source_id);
create view statutory_reports as      -- those with the statutory form, or perhaps: no table tells
    select * from reports where status <> 'refused' and (edition is null or edition in (select code from editions where statutory));

create table overview (
    report_id text primary key references reports(id), agency text references agencies(code), year integer,
    heading text, text text not null, heading_start integer, heading_end integer, char_start integer not null, char_end integer not null
);
create table problems (
    report_id text primary key references reports(id), agency text references agencies(code), year integer,
    heading text, text text not null, heading_start integer, heading_end integer, char_start integer not null, char_end integer not null
);
create table other_matters (
    report_id text primary key references reports(id), agency text references agencies(code), year integer,
    heading text, text text not null, heading_start integer, heading_end integer, char_start integer not null, char_end integer not null
);

-- The headings as printed, also of sections 2 to 4, whose content is in tables.
create table headings (
    report_id text not null references reports(id),
    section text references sections(code),     -- NULL: a heading that names no section of the form
    position integer not null,
    printed text not null,                      -- with its numbering
    number integer,                             -- the numbering as a number
    expected text,                              -- set when the heading is another's: the section whose tables stand under it
    char_start integer not null, char_end integer not null,
    primary key (report_id, position)
);

create table proactive_disclosure (
    report_id text not null references reports(id), agency text references agencies(code), year integer, region text references regions(code),
    edition text references editions(code),
    item text not null references items(code), measure text not null references measures(code),
    value real, unit text, status text not null check (status in ('stated', 'blank', 'inferred', 'unreadable')),
    char_start integer not null, char_end integer not null,
    placed_by text check (placed_by in ('geometry', 'count', 'blanks', 'sums', 'order')), layout text,
    primary key (report_id, item, measure),
    check ((value is null) = (status in ('blank', 'unreadable')))
);
create index proactive_disclosure_agency on proactive_disclosure(agency, year);
create index proactive_disclosure_item on proactive_disclosure(item, measure, year);

-- applications and review_litigation, with a column for each of the form's columns, are made from the form (portal/build/form_tables.py),
-- and so are the views over them: cells, figures and sums.

-- What the editions of the form have (data/forms): their cells, and the sums that these must satisfy.
create table form_cells (
    edition text not null references editions(code), section text not null references sections(code),
    item text not null references items(code), measure text not null references measures(code),
    primary key (edition, section, item, measure)
);
create table equations (
    id integer primary key,
    edition text references editions(code),     -- NULL: for tables that tell no edition; what all editions have alike
    code text not null,                         -- the check that judges it
    section text not null references sections(code),
    each text not null check (each in ('column', 'row')), group_key text not null,     -- of which column or row it is
    item text not null references items(code), measure text not null references measures(code), -- the cell that a finding is placed at
    terms integer not null,                     -- how many cells it has
    alone integer not null                      -- 1: that cell is the sum of the others
);
create table equation_terms (
    equation integer not null references equations(id), edition text references editions(code), section text not null,
    side text not null check (side in ('sum', 'equals')), position integer not null,
    item text not null references items(code), measure text not null references measures(code),
    primary key (equation, side, position)
);
create index equation_terms_cell on equation_terms(section, measure, item, edition, equation, side, position);

create table statistics (
    report_id text not null references reports(id), agency text references agencies(code), year integer, region text references regions(code),
    item text not null, label text not null, unit text, code text,
    value real, value_status text, value_start integer, value_end integer,
    cumulative real, cumulative_status text, cumulative_start integer, cumulative_end integer,
    primary key (report_id, item)
);

-- What the narrative states about the report's own body and year: a number, a share, or that there was none or all of it.
create table claims (
    id text primary key,                        -- <report id>-<its number in the report>
    report_id text not null references reports(id),
    kind text not null,                         -- data/claims.yml; an item of the form has the item's name
    value real, unit text,                      -- as printed, money in yuan; NULL where only a share is stated
    approximate integer not null default 0,
    absolute integer not null default 0,        -- said without a figure: none received, all handled
    part_of text references claims(id),         -- the whole that this is a part of
    percent real, percent_of text references claims(id),        -- a stated share, and of what
    change real, change_unit text,              -- against the year before, in per cent (%) or in the unit
    doubt text check (doubt in ('subject', 'wording', 'scope', 'incomplete', 'open')),  -- why the reading is unsure; NULL if it is sure
    not_understood text,                        -- words not understood, of its clause or of one that it goes on with; NULL: certain
    section text references sections(code),                     -- where the sentence stands
    sentence text not null, char_start integer not null, char_end integer not null,
    value_start integer not null, value_end integer not null    -- the figure, or the words that say none or all
);
create index claims_report on claims(report_id, kind);
create index claims_whole on claims(part_of);

-- What a reader met and could not place. section, item and measure name the cell when the note is about one;
-- a note of code 'doubt' makes a finding that uses the cell a finding about our reading.
create table reading_notes (
    report_id text references reports(id),
    source_id text not null references source_texts(id),
    code text not null, message text not null,
    section text, item text, measure text,
    char_start integer, char_end integer
);
create index reading_notes_report on reading_notes(report_id);
create index reading_notes_cell on reading_notes(code, report_id, section, item, measure);

-- How many cells of all reports are alike in these: what the facets of `cells` count of a filter that names no report.
create table cell_counts (
    section text not null references sections(code), item text not null, measure text not null,
    year integer, status text not null, placed_by text, layout text,
    cells integer not null
);
create unique index cell_counts_alike
    on cell_counts(section, item, measure, coalesce(year, 0), status, coalesce(placed_by, ''), coalesce(layout, ''));

-- The pages of the document that a report's cells are read from, where it is of pages, as they were read: upright, a scan level too. Their
-- pictures, where `pictured`, are in the file beside this one (portal/build/pictures_file.py).
create table source_pages (
    report_id text not null references reports(id),
    source_id text not null references source_texts(id),
    page integer not null,          -- from 1
    width real not null, height real not null,      -- points, of which an inch has 72
    recognised integer not null,    -- 1: the page is a picture, whose words were recognised
    pictured integer not null,
    primary key (source_id, page)
);
create index source_pages_report on source_pages(report_id);

-- Where a report's cells are printed on these pages: a box in thousandths of the page's width and height from its upper left corner.
create table cell_places (
    report_id text not null references reports(id),
    section text not null, item text not null, measure text not null,
    page integer not null,
    box_left real not null, box_top real not null, box_right real not null, box_bottom real not null,
    primary key (report_id, section, item, measure)
);

-- The years that the text states: period, what its figures cover; heading and opening of a section; self, what it says it
-- reports on; statement, a figure said to be of a year that is not the report's; mention, the first in a section.
create table stated_years (
    report_id text not null references reports(id),
    role text not null check (role in ('period', 'heading', 'opening', 'self', 'statement', 'mention')),
    year integer,                               -- NULL for a period, and for 本年 and its like
    section text references sections(code),
    kind text, value real,                      -- of a statement, as in claims; 0 for none
    begins text, ends text,                     -- of a period, ISO 8601
    char_start integer not null, char_end integer not null
);
create index stated_years_report on stated_years(report_id, role, section);

-- The median of a printed total over the agencies of one level and kind in a year; NULL where fewer than five print it.
create table peer_medians (
    year integer not null, level text not null, kind text not null,
    item text not null references items(code),
    reports integer not null,                   -- how many print it
    median real,
    primary key (year, level, kind, item)
);

-- What the checks read beside the reports themselves; written anew by each run of them.

create table deadlines (
    kind text not null, level text not null,
    name_ends text not null default '',         -- only bodies whose name ends so; of several the longest decides
    month_day text not null,                    -- the last day, MM-DD, of the year after the one reported on
    basis text not null, basis_en text not null,
    primary key (kind, level, name_ends)
);

-- Cells of the form that a report's tables lack; item is NULL where the whole table, or the edition it is of, was not read.
create table lacking_cells (
    report_id text not null references reports(id), edition text, section text not null,
    item text, measure text,
    name text, name_en text                     -- the row or column that is not there, or the cell
);
create index lacking_cells_report on lacking_cells(report_id);

create table narratives (
    report_id text primary key references reports(id),
    own_characters integer not null             -- without set phrases, punctuation and blanks
);

create table shared_passages (
    report_id text not null references reports(id),
    other_report text not null references reports(id),
    share real not null,                        -- of the report's own characters that stand in the other report too
    char_start integer not null, char_end integer not null,
    other_start integer not null, other_end integer not null
);
create index shared_passages_report on shared_passages(report_id, other_report);

create table checks (
    code text primary key,
    name text not null, name_en text not null,
    category text check (category in ('table', 'text_tables', 'text', 'years', 'agencies', 'form', 'sources')),
    sentence text not null, sentence_en text not null,
    meaning text not null default '', meaning_en text not null default '',      -- what a finding says, and no more
    innocent text not null default '', innocent_en text not null default '',    -- how it may come about without fault
    basis text not null, basis_en text not null,
    section text references sections(code), severity text not null,
    of_figures integer not null default 1,      -- 1: `printed` and `expected` of its findings are figures that documents print
    sql text not null, position integer not null,
    passed integer not null default 0, failed integer not null default 0, not_assessable integer not null default 0    -- reports by outcome
);

create table check_results (
    report_id text not null references reports(id),
    check_code text not null references checks(code),
    outcome text not null check (outcome in ('pass', 'fail', 'not_assessable')),
    judged integer not null, not_judged integer not null,
    reason text, reason_en text, holds_if_blank_is_zero integer,
    primary key (report_id, check_code)
);
create index check_results_check on check_results(check_code, outcome);

create table findings (
    id text primary key,            -- stable across builds: <report id>-<check code>-<group>
    report_id text not null references reports(id),
    check_code text not null references checks(code),
    agency text references agencies(code), year integer,
    section text, item text, measure text,
    printed text, expected text,
    difference real,                -- printed less expected, where both are numbers
    verdict text not null check (verdict in ('report', 'reading', 'undecided')),
    message text not null, message_en text not null,
    first_seen text,                -- the day of the build that first had it; of a first build, of its report's retrieval where stated
    hypothesis text, hypothesis_en text,    -- the single cell, or those of which any one, whose change would satisfy every equation of the table
    together text                   -- the first finding of the report with which it may come of one mistake; NULL for that one and those alone
);
create index findings_report on findings(report_id);
create index findings_check on findings(check_code);
create index findings_agency on findings(agency, year);

create table finding_cells (
    finding_id text not null references findings(id),
    report_id text not null references reports(id),
    section text, item text, measure text,
    char_start integer, char_end integer
);
create index finding_cells_finding on finding_cells(finding_id);
create index finding_cells_report on finding_cells(report_id);

-- What a person concluded of a finding (data/judgements.csv), in the place of its verdict; `open`: the figures are so, whether they
-- contradict each other is not decided. Those refuted stay, and are counted nowhere.
create table judgements (
    finding_id text primary key references findings(id),
    conclusion text not null check (conclusion in ('confirmed', 'open', 'refuted')),
    why text not null, why_en text,
    judged_by text, judged_on text,                     -- NULL where they were not recorded
    answer text, answered_on text, answer_url text      -- the agency's
);

-- The answers to the questions of data/leads.yml.
create table leads (
    lead text not null,
    place integer not null,         -- what says most is first
    report_id text not null references reports(id),
    figures text not null,          -- JSON: the lead's own columns
    primary key (lead, place)
);
create index leads_report on leads(report_id);

create table builds (
    id integer primary key,
    built_at text not null, version text not null, inputs text not null,
    release text not null,          -- the name under which this data is cited
    documents integer not null, read integer not null, partial integer not null, refused integer not null
);

-- The tables of the search, reports_fts, source_texts_fts and whose texts these are, are made when all is there: portal/pages/search.py.
