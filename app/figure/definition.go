package figure

import (
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/say"
)

// Key names a figure. It is stable: saved templates and programs use it.
type Key string

// The figures of the management page.
const (
	FirstRate   Key = "first_attempt"
	EndRate     Key = "final"
	AllRuns     Key = "runs"
	NotGood     Key = "runs_not_good"
	Opened      Key = "opened"
	Closed      Key = "closed"
	Open        Key = "open"
	OpenMerged  Key = "open_merged"
	Lost        Key = "lost"
	Reprocessed Key = "reprocessed"
	FalseAlarms Key = "false_alarms"
	FirstAction Key = "first_action"
	ToClose     Key = "to_close"
	NoCopy1     Key = "no_copy_1"
	NoCopy3     Key = "no_copy_3"
	NoCopy7     Key = "no_copy_7"
)

// Unit is what a figure is measured in.
type Unit uint8

// The units. A share is of one; a time is in hours.
const (
	Number Unit = iota
	Share
	Hours
)

// String is the word of `report --json`.
func (u Unit) String() string { return [...]string{"number", "share", "hours"}[u] }

// Trend says which way a figure should go.
type Trend int8

// A figure that says how much was done has no better way.
const (
	Neither Trend = 0
	Up      Trend = 1
	Down    Trend = -1
)

// Definition is a figure: what it is called, what it means in words, and which rows it counts. Exactly one of Incidents, Runs and
// Copies says so.
type Definition struct {
	Key    Key
	Title  string
	Unit   Unit
	Better Trend
	Words  string

	Incidents func(c Case, p Period) bool
	Runs      func(r Run) bool
	Copies    func(c Copy, p Period) bool

	good func(r Run) bool           // of a share: those among the runs counted
	time func(c Case) time.Duration // of a time: the middle one is the figure
}

// Definitions are the figures in the order in which pages show them.
var Definitions = []Definition{
	{
		Key: FirstRate, Title: say.N("Success at first attempt"), Unit: Share, Better: Up,
		Words: say.N("Runs whose first try was a success, of all runs that began in the period. A run that did not start counts as not successful, and so does a partial one; a run whose first try is still at work is left out, and so are restores and jobs that only coordinate others."),
		Runs:  Run.Over, good: func(r Run) bool { return r.First == backup.Success },
	},
	{
		Key: EndRate, Title: say.N("Success in the end"), Unit: Share, Better: Up,
		Words: say.N("Runs whose last try so far was a success, of the same runs. What was made good by another run counts under Reprocessed, not here."),
		Runs:  Run.Over, good: func(r Run) bool { return r.End == backup.Success },
	},
	{
		Key: AllRuns, Title: say.N("Runs"), Unit: Number,
		Words: say.N("Runs that began in the period, each with all its tries: executions that share an id, or that the tool marks as repeating one. Runs that did not start are among them, at the time they were due."),
		Runs:  Run.Over,
	},
	{
		Key: NotGood, Title: say.N("Runs without success"), Unit: Number, Better: Down,
		Words: say.N("Runs whose last try so far was partial, failed, missed or cancelled."),
		Runs:  Run.bad,
	},
	{
		Key: Opened, Title: say.N("Incidents opened"), Unit: Number, Better: Down,
		Words:     say.N("Incidents opened in the period. One that was merged into another counts too: each is a failure of its own."),
		Incidents: func(c Case, p Period) bool { return p.Has(c.Opened.Time()) },
	},
	{
		Key: Closed, Title: say.N("Incidents closed"), Unit: Number,
		Words:     say.N("Incidents whose closing lies in the period and still stands; those merged into a closed one were closed with it."),
		Incidents: Case.closedIn,
	},
	{
		Key: Open, Title: say.N("Open at the end"), Unit: Number, Better: Down,
		Words:     say.N("Incidents opened before the end of the period and not closed by then: open at the beginning + opened - closed. Those merged into an open one are open with it."),
		Incidents: Case.OpenAtEnd,
	},
	{
		Key: OpenMerged, Title: say.N("of these merged into others"), Unit: Number,
		Words:     say.N("Open incidents that are worked on together with the one they were merged into. The table of incidents shows the others."),
		Incidents: func(c Case, p Period) bool { return c.Into != 0 && c.OpenAtEnd(p) },
	},
	{
		Key: Lost, Title: say.N("Lost"), Unit: Number, Better: Down,
		Words:     say.N("Incidents closed in the period as Missed (lost): they could not be made good in their window, and the backup position is lost."),
		Incidents: closedAs(incident.ClosedMissed),
	},
	{
		Key: Reprocessed, Title: say.N("Reprocessed"), Unit: Number,
		Words:     say.N("Incidents closed in the period as Reprocessed: made good by linked sessions."),
		Incidents: closedAs(incident.Reprocessed),
	},
	{
		Key: FalseAlarms, Title: say.N("False alarms"), Unit: Number, Better: Down,
		Words:     say.N("Incidents closed in the period as Success: the backup position was valid all along."),
		Incidents: closedAs(incident.ClosedSuccess),
	},
	{
		Key: FirstAction, Title: say.N("Time to first action"), Unit: Hours, Better: Down,
		Words:     say.N("From the opening of an incident to the first entry that a person made about it: the middle one of the incidents opened in the period that somebody has acted on."),
		Incidents: func(c Case, p Period) bool { return p.Has(c.Opened.Time()) && c.Acted != 0 },
		time:      func(c Case) time.Duration { return c.Acted.Sub(c.Opened) },
	},
	{
		Key: ToClose, Title: say.N("Time to close"), Unit: Hours, Better: Down,
		Words:     say.N("From the opening of an incident to its closing: the middle one of the incidents closed in the period."),
		Incidents: Case.closedIn,
		time:      func(c Case) time.Duration { return c.Closed.Sub(c.Opened) },
	},
	noCopy(NoCopy1, 1, say.N("Clients without a good copy for more than 1 day")),
	noCopy(NoCopy3, 3, say.N("Clients without a good copy for more than 3 days")),
	noCopy(NoCopy7, 7, say.N("Clients without a good copy for more than 7 days")),
}

func noCopy(key Key, days int, title string) Definition {
	return Definition{
		Key: key, Title: title, Unit: Number, Better: Down,
		Words: say.N("Clients whose last good copy, at the end of the period, is older than that. A good copy is a backup or log backup that was a success, or partial where partial runs of its routine open no incident, and that has not expired by then. A client that never had one counts from when it was first heard of."),
		Copies: func(c Copy, p Period) bool {
			return c.Age(p.To) > time.Duration(days)*24*time.Hour
		},
	}
}

// Find gives the definition of a key.
func Find(k Key) (Definition, bool) {
	for _, d := range Definitions {
		if d.Key == k {
			return d, true
		}
	}
	return Definition{}, false
}

func (r Run) bad() bool { return r.Over() && r.End.Final() && r.End != backup.Success }

func (c Case) closedIn(p Period) bool { return p.Has(c.Closed.Time()) }

// OpenAtEnd tells whether an incident was open when the period ended.
func (c Case) OpenAtEnd(p Period) bool {
	return c.Opened.Time().Before(p.To) && (c.Closed == 0 || !c.Closed.Time().Before(p.To))
}

// OpenAtStart tells whether an incident was open when the period began.
func (c Case) OpenAtStart(p Period) bool {
	return c.Opened.Time().Before(p.From) && (c.Closed == 0 || !c.Closed.Time().Before(p.From))
}

func closedAs(as incident.Closing) func(Case, Period) bool {
	return func(c Case, p Period) bool { return c.Closing == as && c.closedIn(p) }
}
