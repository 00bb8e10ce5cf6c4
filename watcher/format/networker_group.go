package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// networkerGroup is one report: the lists of its clients, its times, and then the lines of their save sets.
type networkerGroup struct {
	line       Line
	name       string
	aborted    bool
	summary    string // of the title: the counters of clients, or why it was aborted
	start, end string
	list       string // the list that the next line may continue
	lists      bool   // the report lists clients, if only disabled ones
	section    string // "Unsuccessful", "Successful", "Previously Completed"; "" before the first
	clients    []*networkerClient
	byName     map[string]*networkerClient   // lower case
	byHost     map[string][]*networkerClient // without the domain
}

var (
	networkerTime    = regexp.MustCompile(`^(Start|Restart|End) time: +(\S.*\d{4})$`)
	networkerList    = regexp.MustCompile(`^([A-Z][A-Za-z() ]*):(?: +(.*))?$`)
	networkerSection = regexp.MustCompile(`^--- (.+) Save Sets ---$`)
)

func (g *networkerGroup) take(line Line) error {
	text := strings.TrimRight(line.Text, " \r")
	if s := networkerSection.FindStringSubmatch(text); s != nil {
		g.section = s[1]
		return nil
	}
	if g.section != "" {
		g.takeSaveSet(line.Text)
		return nil
	}
	if t := networkerTime.FindStringSubmatch(text); t != nil {
		switch t[1] {
		case "Start":
			g.start = t[2]
		case "End":
			g.end = t[2]
		}
		return nil
	}
	return g.takeClients(line.N, text)
}

// Some versions write a plain plural.
var networkerPlural = strings.NewReplacer("(s)", "(s)", "warnings", "warning(s)", "hostnames", "hostname(s)")

// takeClients reads a line such as "Failed: mars, venus.example.com"; a list that ends in a comma goes on in the next line.
func (g *networkerGroup) takeClients(n int, text string) error {
	word, names := g.list, text
	if l := networkerList.FindStringSubmatch(text); l != nil {
		word, names = l[1], l[2]
	}
	g.list = ""
	if word == "" || g.start != "" {
		return nil
	}
	outcome, ok := networkerOutcomes[networkerPlural.Replace(strings.ToLower(word))]
	if !ok {
		return unknownWord(n, say.Record("the list of clients"), word)
	}
	if g.aborted && strings.EqualFold(word, "not completed") {
		outcome = backup.Cancelled
	}
	g.lists = true
	for name := range strings.SplitSeq(backup.Clean(names), ",") {
		if name = strings.TrimSpace(name); name != "" && outcome != 0 {
			g.addClient(name, word, outcome)
		}
	}
	if strings.HasSuffix(names, ",") {
		g.list = word
	}
	return nil
}

// networkerWords are the lists of a report. Disabled clients were not asked to run: they are no executions.
var networkerWords = map[string]backup.Outcome{
	"Disabled":                  0,
	"Clients Disabled":          0,
	"Succeeded":                 backup.Success,
	"Succeeded with warning(s)": backup.Partial,
	"Failed":                    backup.Failed,
	"Hostname(s) Unresolved":    backup.Failed,
	"Not completed":             backup.Failed,
	"Aborted":                   backup.Cancelled,
}

var networkerOutcomes = lowerCase(networkerWords)

// executions yields the group's clients. A report that ends before its end time may have cut a client's name, so it tells nothing.
func (g *networkerGroup) executions(in *Input, yield func(backup.Execution, error) bool) bool {
	counted := strings.HasPrefix(g.summary, "Total ") // then lists follow
	switch {
	case !g.lists && g.aborted && (g.end != "" || !counted && !g.line.Open):
		return yield(g.execution(in))
	case g.end == "" || g.start == "":
		return yield(backup.Execution{}, bad(g.line.N, say.Record("the report ends before its start time and end time")))
	case !g.lists:
		return yield(backup.Execution{}, bad(g.line.N, say.Record("the report lists no clients")))
	}
	for _, c := range g.clients {
		e, err := g.execution(in)
		c.complete(&e)
		if !yield(e, err) {
			return false
		}
	}
	return true
}

// execution is what all clients have in common. An aborted group that lists no client is an execution of its own.
func (g *networkerGroup) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Routine: g.name, Outcome: backup.Cancelled, NativeStatus: "aborted", Error: short(g.summary),
		StartText: g.start, EndText: g.end, Line: g.line.N, Offset: g.line.Offset, Text: g.line.Text,
	}
	if strings.Contains(g.summary, "already running") {
		e.Outcome = backup.Missed
	}
	var note string
	var err error
	if g.start != "" {
		if e.Start, e.TimeNote, err = in.Wall(g.start); err != nil {
			return e, bad(g.line.N, err.Error())
		}
	}
	if g.end != "" {
		if e.End, note, err = in.Wall(g.end); err != nil {
			return e, bad(g.line.N, err.Error())
		}
	}
	if e.TimeNote == "" {
		e.TimeNote = note
	}
	return e, nil
}
