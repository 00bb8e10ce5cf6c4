package format

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Data Protector: the list of sessions, and one session (-report single_session), whose columns stand in another order.
var _ = register(Format{
	Name:       "dataprotector_list_sessions",
	Version:    1,
	Tool:       dpTool,
	Title:      "omnirpt -report list_sessions -tab",
	Export:     say.N("On the Cell Manager: `omnirpt -report list_sessions -timeframe 48 48 -tab > sessions.txt`, every hour or so. Without -tab it cannot be read."),
	Evidence:   backup.List,
	Match:      dpIsList,
	Executions: dpSessions,
})

func dpIsList(head []byte) bool {
	for line := range strings.Lines(string(head)) {
		if dpColumns(strings.TrimRight(line, "\r\n")) != nil {
			return true
		}
	}
	return holds(head, "#List of Sessions", "# No sessions matching")
}

// dpLists reads lists of sessions one after the other.
func dpLists(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		list := dpList{in: in}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if row := list.row(line); row != nil && !yield(list.execution(row, line)) {
				return
			}
		}
	}
}

// dpColumns reads the header. It begins with # as comments do, and so do names of its columns; only it has TABs.
func dpColumns(line string) map[string]int {
	if line = strings.TrimLeft(line, " "); !strings.HasPrefix(line, "#") {
		return nil
	}
	names := headerNames(strings.Split(line, "\t"))
	for _, must := range []string{"sessiontype", "sessionid", "specification", "status"} {
		if _, ok := names[must]; !ok {
			return nil
		}
	}
	return names
}

// dpList reads lists one after the other: each brings its Cell Manager and its columns.
type dpList struct {
	in      *Input
	manager string
	names   map[string]int
	width   int    // how many columns the header has
	last    string // session id of the row before
}

// row gives a line that holds a session, or nil.
func (l *dpList) row(line Line) *Row {
	text := strings.TrimLeft(line.Text, " ")
	if names := dpColumns(text); names != nil {
		l.names, l.width = names, strings.Count(text, "\t")+1
		return nil
	}
	if comment, ok := strings.CutPrefix(text, "#"); ok {
		if host, ok := strings.CutPrefix(strings.TrimSpace(comment), "Cell Manager:"); ok {
			l.manager = strings.TrimSpace(host)
		}
		return nil
	}
	if l.names == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	return &Row{Line: line.N, Offset: line.Offset, cells: strings.Split(text, "\t"), names: l.names, in: l.in}
}

func (l *dpList) execution(r *Row, line Line) (backup.Execution, error) {
	id := r.Text("Session ID")
	switch {
	case len(r.cells) != l.width:
		return backup.Execution{}, bad(r.Line, say.Record("it has %d columns, not %d", len(r.cells), l.width))
	case !dpSessionID.MatchString(id):
		return backup.Execution{}, bad(r.Line, say.Record("%q is no session id", id))
	case line.Open && !dpFollows(l.last, id) && l.names["sessionid"] == l.width-1:
		return backup.Execution{}, bad(r.Line, say.Record("the file ends in this line, so %q may be half an id", id))
	}
	l.last = id
	success, percent := strings.CutSuffix(r.Text("Success"), "%")
	outcome, ok := dpOutcome(r.Text("Status"), percent && strings.Trim(success, " 0") == "")
	if !ok {
		return backup.Execution{}, unknownWord(r.Line, say.Record("the status"), r.Text("Status"))
	}
	routine, idb := dpRoutine(r.Text("Specification"))
	e := backup.Execution{
		Instance: l.manager, Session: id, Routine: routine,
		Kind: dpKind(r.Text("Session Type"), idb), Level: strings.TrimPrefix(r.Text("Mode"), "-"),
		Outcome: outcome, NativeStatus: r.Text("Status"),
		Bytes: dpWritten(r), Evidence: backup.List, Line: r.Line, Offset: r.Offset,
	}
	e.Vital = idb && e.Kind == backup.Administrative
	e.Files, _ = number(r.Text("Files"))
	l.in.dpOrder(id, r.Text("Start Time"))
	start, epoch := dpTime(r, "Start Time")
	end, endEpoch := dpTime(r, "End Time")
	e.Start, e.End, e.Absolute, e.TimeNote = start, end, epoch && (endEpoch || end.IsZero()), r.TimeNote()
	if outcome != backup.Success {
		e.Error = dpCounts(r)
	}
	return e, r.Err()
}

// dpFollows tells whether an id that may be cut is whole: the list goes by start, so within a day ids rise, and half an id is
// less than the one before.
func dpFollows(last, id string) bool {
	day, n, _ := strings.Cut(last, "-")
	idDay, idN, _ := strings.Cut(id, "-")
	a, _ := strconv.Atoi(n)
	b, _ := strconv.Atoi(idN)
	return day == idDay && b > a
}

// dpTime prefers the epoch column, which knows no zone and no hour that occurs twice. "-" and 0 stand for none.
func dpTime(r *Row, column string) (t time.Time, epoch bool) {
	if s, err := strconv.ParseInt(r.Text(column+"_t"), 10, 64); err == nil && s > 0 {
		return time.Unix(s, 0).UTC(), true
	}
	if r.Text(column) == "-" {
		return time.Time{}, false
	}
	return r.Time(column), false
}

// dpWritten reads the size. The list rounds to 0.01 GB, so 0.00 of a session that saved something is not known.
func dpWritten(r *Row) backup.Count {
	written, _ := size(r.Text("GB Written") + " GB")
	if n, ok := written.Value(); ok && n == 0 && r.Text("Completed DA") != "0" {
		return backup.Count{}
	}
	return written
}

// dpCounts is the best a list can say about why: how much went wrong.
func dpCounts(r *Row) string {
	count := func(column string) int {
		n, _ := strconv.Atoi(r.Text(column))
		return n
	}
	agents, failures, warnings := count("Failed DA"), count("Errors"), count("Warnings")
	var parts []string
	for _, what := range []struct {
		n         int
		one, more string
	}{
		{agents, say.Record("1 disk agent failed"), say.Record("%d disk agents failed", agents)},
		{failures, say.Record("1 error"), say.Record("%d errors", failures)},
		{warnings, say.Record("1 warning"), say.Record("%d warnings", warnings)},
	} {
		switch {
		case what.n == 1:
			parts = append(parts, what.one)
		case what.n > 1:
			parts = append(parts, what.more)
		}
	}
	return Listed(parts)
}
