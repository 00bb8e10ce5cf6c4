package format

import "strings"

// tsmRecord is one row of a table that the administrative client wraps to its columns.
type tsmRecord struct {
	line  Line // its first
	cells map[string]string
	text  []string
	open  bool // the text ends in it
}

// tsmTable reads tables with a header and a rule of dashes below it; the rule tells where columns begin and end.
type tsmTable struct {
	names  []string
	bounds [][2]int
	header string // the line above the rule
	row    *tsmRecord
}

// take reads a line, and gives the row that ended before it. A row begins where begins says so of its first line's cells, and
// ends before an empty line.
func (t *tsmTable) take(line Line, begins func(map[string]string) bool) (done *tsmRecord) {
	text := strings.TrimRight(line.Text, " ")
	switch {
	case text == "" && line.Open: // the beginning of a line
		return nil
	case text == "":
		done, t.row = t.row, nil
	case tsmIsRule(text):
		done, t.row = t.row, nil
		t.bounds = tsmBounds(text)
		t.names = t.split(t.header)
	case t.bounds != nil && begins(t.cells(text)):
		done, t.row = t.row, &tsmRecord{line: line, cells: t.cells(text), text: []string{text}, open: line.Open}
	case t.row != nil && line.Open && text[0] != ' ': // half a row, not what the row before was wrapped to
		done, t.row = t.row, nil
	case t.row != nil && len(t.row.text) < maxTSMLines:
		t.row.open = line.Open
		t.row.text = append(t.row.text, text)
		for name, more := range t.cells(text) {
			t.row.cells[name] = tsmJoin(t.row.cells[name], more)
		}
	}
	t.header = text
	return done
}

// maxTSMLines bounds one row; no message of the server is that long.
const maxTSMLines = 200

func tsmIsRule(text string) bool {
	return strings.Contains(text, "---") && strings.Trim(text, "- ") == "" && strings.Contains(strings.TrimSpace(text), " ")
}

// tsmBounds finds the columns of a rule.
func tsmBounds(rule string) [][2]int {
	var bounds [][2]int
	begin := -1
	for i, c := range rule + " " {
		switch {
		case c == '-' && begin < 0:
			begin = i
		case c != '-' && begin >= 0:
			bounds, begin = append(bounds, [2]int{begin, i}), -1
		}
	}
	return bounds
}

func (t *tsmTable) split(text string) []string {
	cells := make([]string, len(t.bounds))
	for i, b := range t.bounds {
		end := len(text)
		if i+1 < len(t.bounds) {
			end = min(end, t.bounds[i+1][0])
		}
		if b[0] < end {
			cells[i] = strings.TrimSpace(text[b[0]:end])
		}
	}
	return cells
}

func (t *tsmTable) cells(text string) map[string]string {
	cells := map[string]string{}
	for i, cell := range t.split(text) {
		cells[headerName(t.names[i])] = cell
	}
	return cells
}
