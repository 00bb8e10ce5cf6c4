package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// tsmLog follows the activity log: what it said about each node since the node's last schedule was closed.
type tsmLog struct {
	nodes map[string]*tsmNode
}

type tsmNode struct {
	trouble []string // messages with the severity of a warning or worse, the first and the latest
	session string   // of the counters below
	failed  string   // objects
	bytes   backup.Count
}

// Bounds of what is remembered while a log is read.
const (
	maxTSMNodes   = 5000
	maxTSMTrouble = 20
)

var (
	tsmIsNode    = regexp.MustCompile(`(?i)\bnode:? ([^\s(),]+)`)
	tsmIsSession = regexp.MustCompile(`(?i)\(SESSION: (\d+)[,)]`)
	tsmIsFailed  = regexp.MustCompile(`objects failed: +([\d.,]+)`)
	tsmIsBytes   = regexp.MustCompile(`bytes transferred: +([\d.,]+ *\w+)`)
)

// tsmClosings are the messages that close a schedule. A success names when it was due; the others name only their end.
var tsmClosings = []struct {
	is      *regexp.Regexp
	outcome backup.Outcome
	kind    backup.Kind
}{
	{regexp.MustCompile(`^ANR2507I Schedule (?P<schedule>\S+) (?:for|in) domain \S+ started at (?P<start>` + tsmStamp + `) for node (?P<node>\S+) completed successfully at ` + tsmStamp), backup.Success, backup.Data},
	{regexp.MustCompile(`^ANR2578W Schedule (?P<schedule>\S+) (?:for|in) domain \S+ for node (?P<node>\S+) has missed its scheduled start up window`), backup.Missed, backup.Data},
	{regexp.MustCompile(`^ANR2579E Schedule (?P<schedule>\S+) (?:for|in) domain \S+ for node (?P<node>\S+) failed \(return code (?P<code>-?\d+)\)`), backup.Failed, backup.Data},
	{regexp.MustCompile(`^ANR2751I Scheduled command (?P<schedule>\S+) completed successfully`), backup.Success, backup.Administrative},
	{regexp.MustCompile(`^ANR2752E Scheduled command (?P<schedule>\S+) failed`), backup.Failed, backup.Administrative},
}

// tsmClosingEndings are the numbers of these messages with what each counts as.
func tsmClosingEndings() (all []backup.Ending) {
	for _, c := range tsmClosings {
		all = append(all, backup.Ending{Word: c.is.String()[1:9], Told: c.outcome})
	}
	return all
}

// take reads a message; closes tells that it closes a schedule.
func (l *tsmLog) take(in *Input, m *tsmMessage) (e backup.Execution, closes bool, err error) {
	for _, c := range tsmClosings {
		found := c.is.FindStringSubmatch(m.text)
		if found == nil {
			continue
		}
		part := func(name string) string {
			if i := c.is.SubexpIndex(name); i >= 0 {
				return found[i]
			}
			return ""
		}
		e := backup.Execution{
			Routine: part("schedule"), Client: part("node"), Kind: c.kind, Outcome: c.outcome, Code: part("code"),
			NativeStatus: m.text[:8], StartText: part("start"), EndText: m.stamp, Line: m.line.N, Offset: m.line.Offset,
		}
		l.explain(&e, m)
		return e, true, tsmTimes(in, m, &e)
	}
	if tsmCloses.MatchString(m.text) {
		return e, true, bad(m.line.N, say.Record("%s closes a schedule, but is cut off or not in English, so which one cannot be told; query event tells it in any language", m.text[:8]))
	}
	l.remember(m)
	return e, false, nil
}

// tsmCloses knows the messages by number, which is the same in every language.
var tsmCloses = regexp.MustCompile(`^ANR(?:2507I|2578W|2579E|2751I|2752E) \S+ \S`)

func tsmTimes(in *Input, m *tsmMessage, e *backup.Execution) (err error) {
	if e.End, e.TimeNote, err = in.Wall(m.stamp); err != nil {
		return bad(m.line.N, err.Error())
	}
	if e.StartText == "" {
		return nil
	}
	if e.Start, _, err = in.Wall(e.StartText); err != nil {
		return bad(m.line.N, err.Error())
	}
	return nil
}

// remember keeps what a message says about a node: its counters, and what is worse than information.
func (l *tsmLog) remember(m *tsmMessage) {
	name := tsmIsNode.FindStringSubmatch(m.text)
	failed, bytes := tsmIsFailed.FindStringSubmatch(m.text), tsmIsBytes.FindStringSubmatch(m.text)
	worse := strings.ContainsAny(m.text[7:8], "WES")
	if name == nil || failed == nil && bytes == nil && !worse {
		return
	}
	node := l.node(strings.ToLower(name[1]))
	if s := tsmIsSession.FindStringSubmatch(m.text); s != nil && !worse && s[1] != node.session {
		node.session, node.failed, node.bytes = s[1], "", backup.Count{}
	}
	switch {
	case worse:
		node.addTrouble(short(m.text))
	case failed != nil:
		node.failed = failed[1]
	default:
		node.bytes, _ = size(bytes[1])
	}
}

func (l *tsmLog) node(name string) *tsmNode {
	node := l.nodes[name]
	if node == nil {
		node = &tsmNode{}
		if len(l.nodes) < maxTSMNodes {
			l.nodes[name] = node
		}
	}
	return node
}

func (n *tsmNode) addTrouble(text string) {
	if n.trouble = append(n.trouble, text); len(n.trouble) > maxTSMTrouble {
		n.trouble = append(n.trouble[:maxTSMTrouble/2], n.trouble[maxTSMTrouble/2+1:]...)
	}
}

// explain gives a closing message what is remembered of its node, and forgets it. Counters count where the session is the same.
func (l *tsmLog) explain(e *backup.Execution, m *tsmMessage) {
	key := strings.ToLower(e.Client)
	node := l.nodes[key]
	if node == nil || e.Client == "" {
		node = &tsmNode{}
	}
	delete(l.nodes, key)
	session := tsmIsSession.FindStringSubmatch(m.text)
	same := session == nil || session[1] == node.session // without, it is the end that was cut off
	if same {
		e.Bytes = node.bytes
	}
	if failed, ok := number(node.failed); ok && same && failed != backup.N(0) && e.Outcome == backup.Success {
		e.Outcome, e.Error = backup.Partial, say.Record("%s objects failed", node.failed)
	}
	if e.Outcome == backup.Success {
		return
	}
	e.Log = strings.Join(append(node.trouble, m.text), "\n")
	switch {
	case e.Outcome != backup.Missed && len(node.trouble) > 0:
		e.Error = node.trouble[0]
	case e.Error == "":
		e.Error = short(m.text)
	}
}
