package format

import (
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
)

// networkerClient is one client of a group, with what the lines of its save sets add up to.
type networkerClient struct {
	name, list  string
	outcome     backup.Outcome
	bytes       backup.Count
	files       backup.Count
	tries       int
	said, cause string // the last thing it said, and that before its first unsuccessful save set was summed up
	log         logText
}

func (g *networkerGroup) addClient(name, list string, outcome backup.Outcome) {
	key := strings.ToLower(name)
	if c := g.byName[key]; c != nil {
		if c.outcome == backup.Success { // a client may stand in a group twice; the worse word is the one to follow
			c.list, c.outcome = list, outcome
		}
		return
	}
	c := &networkerClient{name: name, list: list, outcome: outcome}
	g.clients, g.byName[key] = append(g.clients, c), c
	host, _, _ := strings.Cut(key, ".")
	g.byHost[host] = append(g.byHost[host], c)
}

// client finds the client that a save set's line begins with. Lists and lines may differ in case, and one may leave out the domain.
func (g *networkerGroup) client(name string) *networkerClient {
	name = strings.ToLower(name)
	if c := g.byName[name]; c != nil {
		return c
	}
	host, _, domain := strings.Cut(name, ".")
	same := g.byHost[host]
	if len(same) != 1 || domain && strings.Contains(same[0].name, ".") {
		return nil
	}
	return same[0]
}

var (
	networkerResult  = regexp.MustCompile(`^(.*?)\s*\blevel=[^,\s]+,\s*(\d+ [KMGTP]?B) +\d+:\d\d:\d\d,? +(.*)$`)
	networkerFiles   = regexp.MustCompile(`(\d+)(?: files?(?:\(s\))?|-file\(s\)-succeeded)$`)
	networkerRetried = regexp.MustCompile(`: retried (\d{1,4}) times?\.$`)
)

// takeSaveSet reads "* client:saveset text", what a save set said, and "  client: saveset   level=…", what became of it. Only
// the client can be cut off safely: names of save sets hold colons and blanks.
func (g *networkerGroup) takeSaveSet(line string) {
	text, said := strings.CutPrefix(line, "* ")
	if !said && !strings.HasPrefix(line, "  ") {
		return
	}
	name, rest, ok := strings.Cut(strings.TrimSpace(text), ":")
	c := g.client(name)
	if !ok || c == nil {
		return
	}
	if c.outcome != backup.Success {
		c.log.add(line)
	}
	switch {
	case !said:
		c.sum(strings.TrimSpace(rest))
	case g.section == "Unsuccessful" && c.cause == "":
		c.hear(rest)
	}
}

// hear keeps the last words of a save set: what went wrong stands right before the line that sums it up.
func (c *networkerClient) hear(rest string) {
	_, text, _ := strings.Cut(rest, " ")
	text = strings.Trim(text, " .")
	if text != "" && !strings.HasPrefix(text, "suppressed ") {
		c.said = short(text)
	}
}

// sum adds up a save set. The server's own index and bootstrap are not the client's data.
func (c *networkerClient) sum(rest string) {
	if c.cause == "" {
		c.cause = c.said
	}
	if r := networkerRetried.FindStringSubmatch(rest); r != nil {
		n, _ := strconv.Atoi(r[1])
		c.tries = max(c.tries, n+1)
		return
	}
	r := networkerResult.FindStringSubmatch(rest)
	if r == nil || strings.HasPrefix(r[1], "index:") || strings.HasPrefix(r[1], "bootstrap") {
		return
	}
	bytes, _ := size(r[2])
	c.bytes = addUp(c.bytes, bytes)
	if f := networkerFiles.FindStringSubmatch(r[3]); f != nil {
		files, _ := number(f[1])
		c.files = addUp(c.files, files)
	}
}

// addUp adds b to a sum. What is unknown, or too much for any disk, adds nothing.
func addUp(sum, b backup.Count) backup.Count {
	had, _ := sum.Value()
	more, known := b.Value()
	if !known || had+more < had {
		return sum
	}
	return backup.N(had + more)
}

var networkerNumber = regexp.MustCompile(`^(\d{3,6}):(?:\(pid \d+\):)? *`)

// complete makes the group's execution the client's.
func (c *networkerClient) complete(e *backup.Execution) {
	e.Client, e.Outcome, e.NativeStatus, e.Text, e.Error = c.name, c.outcome, c.list, "", ""
	e.Bytes, e.Files = c.bytes, c.files
	if c.tries > 0 {
		e.Tries, e.FirstOutcome = c.tries, backup.Failed
	}
	if c.outcome == backup.Success {
		return
	}
	if c.cause == "" {
		c.cause = c.said
	}
	if n := networkerNumber.FindStringSubmatch(c.cause); n != nil {
		e.Code, c.cause = n[1], c.cause[len(n[0]):]
	}
	e.Error, e.Log = short(c.cause), c.log.String()
}
