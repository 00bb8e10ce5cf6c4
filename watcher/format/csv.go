package format

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"backstop/app/backup"
	"backstop/app/say"
)

// maxRecord bounds one CSV record; a quote that is never closed is given up there and reading goes on behind its line.
const maxRecord = 1 << 20

// headerName folds a column's name: lower case, letters and digits only. Units in parentheses stay part of it ("DataSize(GB)" is datasizegb).
func headerName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// csvHead gives the folded column names of the text's header line, or nil.
func csvHead(head []byte) map[string]int {
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		if isPreamble(line) {
			continue
		}
		return headerNames(splitRecord(line, delimiter(line)))
	}
	return nil
}

// csvHeaderHas tells whether the text is a CSV whose header has all of these columns.
func csvHeaderHas(head []byte, names ...string) bool {
	have := csvHead(head)
	for _, n := range names {
		if _, ok := have[headerName(n)]; !ok {
			return false
		}
	}
	return len(have) > 1
}

// csvHasOne tells whether the header has one of these columns.
func csvHasOne(head []byte, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return csvHeaderHas(head, n) })
}

// csvExecutions reads each row as one execution. A row that read gives no outcome is none.
func csvExecutions(read func(*Row) (backup.Execution, error)) func(*Input) iter.Seq2[backup.Execution, error] {
	return func(in *Input) iter.Seq2[backup.Execution, error] {
		return func(yield func(backup.Execution, error) bool) {
			for r, err := range csvRows(in) {
				var e backup.Execution
				if err == nil {
					e, err = read(r)
				}
				if err == nil && e.Outcome == 0 {
					continue
				}
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

// csvRows yields the records below the header. `sep=;`, `#TYPE …` and empty lines are skipped; the delimiter is the header's.
func csvRows(in *Input) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		var names map[string]int
		var width int
		var delim byte
		for rec, err := range records(in) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if names == nil {
				delim = delimiter(rec.text)
				header := splitRecord(rec.text, delim)
				names, width = headerNames(header), len(header)
				continue
			}
			row := &Row{Line: rec.line, Offset: rec.offset, Open: rec.open, cells: splitRecord(rec.text, delim), width: width, names: names, in: in}
			if !yield(row, nil) {
				return
			}
		}
	}
}

type record struct {
	line   int
	offset int64
	text   string
	open   bool // the text ends in it, with neither a line end nor a quote
}

// records joins lines until their quotes are closed. A quote that is never closed costs its own line only: the lines behind
// it are read anew.
func records(in *Input) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		next, stop := iter.Pull2(in.Lines())
		defer stop()
		var again []Line
		line := func() (Line, error, bool) {
			if len(again) > 0 {
				l := again[0]
				again = again[1:]
				return l, nil, true
			}
			return next()
		}
		for {
			first, err, ok := line()
			if !ok || err != nil {
				if err != nil {
					yield(record{}, err)
				}
				return
			}
			if isPreamble(first.Text) {
				continue
			}
			var text strings.Builder
			text.WriteString(first.Text)
			last, behind := first, []Line(nil)
			open := strings.Count(first.Text, `"`)%2 == 1
			for open && text.Len() <= maxRecord {
				l, err, ok := line()
				if !ok || err != nil {
					break
				}
				text.WriteString("\n" + l.Text)
				last, behind = l, append(behind, l)
				open = strings.Count(l.Text, `"`)%2 == 0
			}
			rec, broken := record{first.N, first.Offset, text.String(), last.Open && !strings.HasSuffix(last.Text, `"`)}, error(nil)
			if open {
				again = append(behind, again...)
				broken = bad(first.N, say.Record("a quote is never closed"))
			}
			if !yield(rec, broken) {
				return
			}
		}
	}
}

// isPreamble tells lines that are no records: empty ones, Excel's `sep=;` and Windows PowerShell's `#TYPE …`.
func isPreamble(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#TYPE ") || len(line) == 5 && strings.HasPrefix(strings.ToLower(line), "sep=")
}

// delimiter is the one of , ; TAB | that the header holds most of.
func delimiter(header string) byte {
	best := byte(',')
	for _, d := range []byte{';', '\t', '|'} {
		if strings.Count(header, string(d)) > strings.Count(header, string(best)) {
			best = d
		}
	}
	return best
}

func headerNames(cells []string) map[string]int {
	names := make(map[string]int, len(cells))
	for i, c := range cells {
		if n := headerName(c); n != "" {
			if _, twice := names[n]; !twice {
				names[n] = i
			}
		}
	}
	return names
}

// splitRecord cuts one record into its cells. Quotes inside an unquoted cell are text.
func splitRecord(s string, delim byte) []string {
	var cells []string
	for {
		if !strings.HasPrefix(s, `"`) {
			i := strings.IndexByte(s, delim)
			if i < 0 {
				return append(cells, s)
			}
			cells, s = append(cells, s[:i]), s[i+1:]
			continue
		}
		cell, rest := quotedCell(s[1:])
		i := strings.IndexByte(rest, delim)
		if i < 0 {
			return append(cells, cell+rest)
		}
		cells, s = append(cells, cell+rest[:i]), rest[i+1:]
	}
}

// quotedCell reads behind the opening quote up to the closing one; "" inside is one quote.
func quotedCell(s string) (cell, rest string) {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return b.String() + s, ""
		}
		b.WriteString(s[:i])
		if !strings.HasPrefix(s[i+1:], `"`) {
			return b.String(), s[i+1:]
		}
		b.WriteByte('"')
		s = s[i+2:]
	}
}

// unknownWord is the error of a status that the format's table does not hold.
func unknownWord(line int, what, word string) error {
	return &backup.BadRecord{Line: line, Reason: say.Record("%s %q is not known; it is not guessed", what, word)}
}
