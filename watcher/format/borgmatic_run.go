package format

import (
	"cmp"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// borgmaticRun is one run of borgmatic as far as it has been read.
type borgmaticRun struct {
	line     Line
	log      logText
	stamped  bool
	host     string // that the system's log names
	from, to string // first and last stamp, else the archives' times, as written

	named      string            // the configuration that the last line with a name was about
	complaints map[string]string // the first of each configuration; under "" of one that no line names
	creates    bool
	works      bool
	broke      bool // it says so of a repository

	files, written int64
	counted        bool

	summing bool // its summary is read
	configs []borgmaticConfig
	helped  bool // its last line was read
}

// borgmaticConfig is one configuration file in the summary.
type borgmaticConfig struct {
	line          Line
	name, verdict string
	errors        []string
}

func (r *borgmaticRun) failed() bool {
	return slices.ContainsFunc(r.configs, func(c borgmaticConfig) bool { return c.verdict != "Successfully ran" })
}

// sums tells whether the summary names this configuration.
func (r *borgmaticRun) sums(name string) bool {
	return slices.ContainsFunc(r.configs, func(c borgmaticConfig) bool { return c.name == name })
}

func (r *borgmaticRun) read(line Line, stamp, text string) {
	if text == "" && r.line.N == 0 {
		return
	}
	if r.line.N == 0 {
		r.line = line
	}
	if stamp != "" {
		r.stamped, r.from = true, cmp.Or(r.from, stamp)
	}
	r.log.add(line.Text)
	switch {
	case text == "summary:":
		r.summing, r.to = true, cmp.Or(stamp, r.to)
	case r.summing:
		r.sum(line, text)
	default:
		r.work(line, text)
	}
}

// work is a line before the summary. Errors stand in the summary again.
func (r *borgmaticRun) work(line Line, text string) {
	if m := borgmaticNamed.FindStringSubmatch(text); m != nil {
		r.named = m[1]
	}
	r.broke = r.broke || strings.HasSuffix(text, ": Error running actions for repository")
	if borgmaticWorks.MatchString(text) {
		r.works, r.creates = true, r.creates || strings.HasSuffix(text, ": Creating archive")
	}
	empty := false
	if m := borgmaticStat.FindStringSubmatch(text); m != nil && !line.Open {
		r.stat(m)
		empty = m[1] == "0"
	}
	if borgmaticUnsure.MatchString(text) || empty {
		if r.complaints == nil {
			r.complaints = map[string]string{}
		}
		if empty {
			text = say.Record("the archive holds no file")
		}
		r.complaints[r.named] = cmp.Or(r.complaints[r.named], text)
	}
}

func (r *borgmaticRun) stat(m []string) {
	if n, ok := number(m[1]); ok {
		i, _ := n.Value()
		r.files, r.counted = r.files+i, true
	}
	if n, ok := borgBytes(cmp.Or(m[2], "- B")).Value(); ok {
		r.written += n
	}
	switch {
	case r.stamped:
	case m[3] == "start":
		r.from = cmp.Or(r.from, m[4])
	case m[3] == "end":
		r.to = m[4]
	}
}

// sum is a line of the summary: how a configuration ended, or why.
func (r *borgmaticRun) sum(line Line, text string) {
	m := borgmaticRan.FindStringSubmatch(text)
	switch {
	case strings.HasPrefix(text, "Need some help?"):
		r.helped = true
	case m != nil:
		r.configs = append(r.configs, borgmaticConfig{line: line, name: m[1] + m[3], verdict: m[2] + m[4]})
	case text != "" && len(r.configs) > 0:
		c := &r.configs[len(r.configs)-1]
		c.errors = append(c.errors, text)
	case strings.HasPrefix(text, "Error running "): // a hook before all configurations
		r.configs = append(r.configs, borgmaticConfig{line: line, verdict: "Error running", errors: []string{text}})
	}
}

// executions gives out one execution for each configuration; a run that is not summed up is at work.
func (r *borgmaticRun) executions(in *Input, yield func(backup.Execution, error) bool) bool {
	if r.line.N == 0 {
		return true
	}
	if len(r.configs) == 0 && !r.works && r.named == "" && !r.summing && !r.broke { // lines behind a run
		return true
	}
	if len(r.configs) == 0 {
		return yield(backup.Execution{
			Routine: r.named, Outcome: backup.Running, Log: r.log.String(), Text: r.log.String(), Line: r.line.N, Offset: r.line.Offset,
		}, nil)
	}
	r.configs[0].line = r.line // where the run began, so that one that was at work goes on
	for _, c := range r.configs {
		if !yield(r.execution(in, c)) {
			return false
		}
	}
	return true
}

func (r *borgmaticRun) execution(in *Input, c borgmaticConfig) (backup.Execution, error) {
	e := backup.Execution{Routine: c.name, Client: r.host, Kind: backup.Data, NativeStatus: c.verdict, Line: c.line.N, Offset: c.line.Offset}
	if err := r.date(in, &e); err != nil {
		return e, err
	}
	if e.StartText == "" {
		e.Text = c.name + "\n" + r.log.String()
	}
	if r.counted && len(r.configs) == 1 {
		e.Files, e.Bytes = backup.N(r.files), backup.N(r.written)
	}
	switch complaint := cmp.Or(r.complaints[c.name], r.complaints[""]); {
	case c.verdict != "Successfully ran":
		e.Outcome, e.Error = backup.Failed, short(c.cause())
	case complaint != "":
		e.Outcome, e.Error = backup.Partial, short(complaint)
	default:
		e.Outcome = backup.Success
		if r.works && !r.creates && len(r.configs) == 1 {
			e.Kind = backup.Administrative
		}
		return e, nil
	}
	e.Log = r.log.String()
	return e, nil
}

func (r *borgmaticRun) date(in *Input, e *backup.Execution) (err error) {
	if r.from == "" {
		return nil
	}
	e.StartText = r.from
	if e.Start, e.TimeNote, err = in.Wall(borgDay.ReplaceAllString(r.from, "")); err != nil {
		return bad(r.line.N, err.Error())
	}
	if r.to != "" {
		e.End, _, _ = in.Wall(borgDay.ReplaceAllString(r.to, ""))
	}
	return nil
}

// cause is what borg or a hook said; that something failed is said before it, and with which command behind it.
func (c borgmaticConfig) cause() string {
	for _, text := range c.errors {
		if !strings.Contains(": "+text, ": Error running ") && !strings.HasPrefix(text, "Command '") {
			return text
		}
	}
	if n := len(c.errors); n > 0 {
		return c.errors[n-1]
	}
	return c.name + ": " + c.verdict + " configuration file"
}
