package desk

import (
	"context"
	"iter"
	"time"

	"backstop/app/backup"
	"backstop/app/figure"
	"backstop/app/incident"
	"backstop/app/panel"
	"backstop/app/people"
	"backstop/app/risk"
	"backstop/app/timeline"
)

// Store keeps everything. data.Store is the one there is; the interface is the border that keeps SQL out of the desk.
type Store interface {
	Diagnose(ctx context.Context) (Diagnosis, error)

	Sources(ctx context.Context) ([]backup.Source, error)
	SaveSource(ctx context.Context, s backup.Source, entries []timeline.Entry) (backup.Source, error)
	RemoveSource(ctx context.Context, id int64, entries []timeline.Entry) error
	SourceStates(ctx context.Context, scope Scope) ([]SourceState, error)
	SetFolderState(ctx context.Context, sourceID int64, state backup.FolderState, said string, at time.Time) error

	Seen(ctx context.Context, sourceID int64, path string) (backup.Seen, bool, error)
	Ingest(ctx context.Context, in Intake, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error)
	Reject(ctx context.Context, in Intake, reason string, problems []backup.BadRecord) (backup.FileResult, error)
	Files(ctx context.Context, scope Scope, q FileQuery) ([]FileRow, error)
	RejectedPaths(ctx context.Context, scope Scope) (map[int64][]string, error)
	Questions(ctx context.Context, scope Scope) ([]Question, error)
	Answer(ctx context.Context, in Answer) (opened int, err error)

	Imported(ctx context.Context, sum [32]byte) (bool, error)
	Knows(ctx context.Context, o backup.Origin) (bool, error)
	Contents(ctx context.Context) (map[[32]byte]bool, error)
	OriginsAside(ctx context.Context, wanted map[[32]byte]bool) (found map[[32]byte][]backup.Origin, whole bool)

	IncidentIDs(ctx context.Context, scope Scope, q IncidentQuery) ([]int64, error)
	IncidentRows(ctx context.Context, scope Scope, ids []int64) ([]IncidentRow, error)
	Executions(ctx context.Context, scope Scope, q ExecutionQuery) iter.Seq2[ExecutionRow, error]
	Figures(ctx context.Context, scope Scope, now time.Time) (Figures, error)
	Choices(ctx context.Context, scope Scope) (Choices, error)

	Incident(ctx context.Context, scope Scope, id incident.ID) (Detail, error)
	Incidents(ctx context.Context, scope Scope, ids []incident.ID) ([]incident.Incident, error)
	Explanations(ctx context.Context, scope Scope, ids []int64) (map[int64]Explanation, error)
	Log(ctx context.Context, scope Scope, id incident.ExecutionID) ([]byte, error)
	DueHolds(ctx context.Context, now time.Time) ([]incident.ID, error)
	Apply(ctx context.Context, scope Scope, judged time.Time, want Want, rule func(Loaded) ([]incident.Change, error)) ([]incident.Change, error)
	Sessions(ctx context.Context, scope Scope, q SessionQuery) ([]ExecutionRow, error)
	LaterTries(ctx context.Context, scope Scope, id incident.ID) ([]incident.ExecutionID, error)

	Execution(ctx context.Context, scope Scope, id incident.ExecutionID) (ExecutionDetail, error)
	ExecutionIDs(ctx context.Context, scope Scope, q ExecutionQuery) ([]int64, error)
	ExecutionRows(ctx context.Context, scope Scope, ids []int64) ([]ExecutionRow, error)
	ExecutionChoices(ctx context.Context, scope Scope) (ExecutionChoices, error)
	ExecutionLog(ctx context.Context, scope Scope, ids []int64) ([]Logged, error)
	PanelRoutines(ctx context.Context, scope Scope, q PanelQuery) ([]PanelRoutine, error)
	PanelRuns(ctx context.Context, scope Scope, routines []int64, from, to time.Time, use func(routine int64, runs []panel.Run)) error
	Facts(ctx context.Context, scope Scope, q FactQuery) (figure.Facts, error)
	Register(ctx context.Context, scope Scope, ids []int64) ([]RegisterRow, error)
	Pairs(ctx context.Context, scope Scope, incidents []int64) iter.Seq2[Pair, error]
	Losses(ctx context.Context, scope Scope, incidents []int64) iter.Seq2[Loss, error]
	Entries(ctx context.Context, scope Scope, q EntryQuery) iter.Seq2[timeline.Entry, error]
	Head(ctx context.Context) (entries int64, hash string, err error)
	SettledRoutines(ctx context.Context, scope Scope) ([]SettledRoutine, error)
	Unopened(ctx context.Context, scope Scope) ([]Unopened, error)

	RoutineIDs(ctx context.Context, scope Scope, q RoutineQuery) ([]int64, error)
	RoutineRows(ctx context.Context, scope Scope, ids []int64) ([]RoutineRow, error)
	RoutineChoices(ctx context.Context, scope Scope) (RoutineChoices, error)
	RoutineSettings(ctx context.Context, scope Scope, ids []int64) ([]RoutineSettings, error)
	ChangeRoutines(ctx context.Context, scope Scope, ids []int64, change RoutineChange) (changed int, err error)
	ToolSettings(ctx context.Context) (map[string]ToolSettings, error)
	SaveTool(ctx context.Context, tool string, t ToolSettings, entries []timeline.Entry) error
	SaveCalendars(ctx context.Context, name string, value any, entries []timeline.Entry) error

	RoutineStarts(ctx context.Context, scope Scope, routine int64, since time.Time, most int) (starts []time.Time, zone string, err error)
	Clients(ctx context.Context, scope Scope) ([]string, error)
	SaveAliases(ctx context.Context, list []Alias, entries []timeline.Entry, judging Judging) error
	DeliveryTimes(ctx context.Context, scope Scope, source int64, most int) ([]time.Time, error)
	PendingRoutines(ctx context.Context, now time.Time, unread []int64) ([]int64, error)
	JudgeRoutines(ctx context.Context, judged time.Time, unread, ids []int64, rule func(RoutineFacts) (Judgement, error)) (opened int, err error)
	Deliveries(ctx context.Context) ([]Delivery, error)
	Offered(ctx context.Context, scope Scope, rules IntakeRules, routines []int64) ([]int64, error)
	OpenSilence(ctx context.Context, judged time.Time, s incident.Silence, c incident.Change) (opened bool, err error)
	Unfinished(ctx context.Context, now time.Time) ([]Unfinished, error)
	OpenStalled(ctx context.Context, judged time.Time, id incident.ExecutionID, s Stall, rules IntakeRules, rule func(incident.Finding) (incident.Change, bool)) (opened bool, err error)

	RiskIDs(ctx context.Context, scope Scope, q RiskQuery) ([]int64, error)
	RiskRows(ctx context.Context, scope Scope, ids []int64) ([]RiskRow, error)
	RiskChoices(ctx context.Context, scope Scope) (RiskChoices, error)
	Risk(ctx context.Context, scope Scope, id risk.ID) (RiskDetail, error)
	Risks(ctx context.Context, scope Scope, ids []risk.ID) ([]risk.Risk, error)
	ApplyRisks(ctx context.Context, scope Scope, judged time.Time, ids []risk.ID, rule func(r risk.Risk, alike []risk.Risk) (risk.Change, error)) error
	ChangedOutside(ctx context.Context) (bool, error)
	FindRisks(ctx context.Context, s RiskSweep) (FoundRisks, error)

	Mappings(ctx context.Context, scope Scope) ([]MappingRow, error)
	MappingsOf(ctx context.Context, source int64) ([]backup.Mapping, error)
	SaveMapping(ctx context.Context, row MappingRow, entries []timeline.Entry) error
	RemoveMapping(ctx context.Context, name string, entries []timeline.Entry) error

	Timeline(ctx context.Context, scope Scope, q TimelineQuery) ([]timeline.Entry, error)
	TimelineChoices(ctx context.Context, scope Scope) (TimelineChoices, error)
	Verify(ctx context.Context, heads []string) (Verification, error)
	Backup(ctx context.Context, path string, entries []timeline.Entry) error
	Copies(ctx context.Context) ([]Copy, error)
	Copy(ctx context.Context, made time.Time, why CopyReason, progress Progress) (Copy, error)
	RemoveCopy(ctx context.Context, c Copy) error
	Prunable(ctx context.Context, r PruneRule, kept Attachments) (Pruned, error)
	Prune(ctx context.Context, r PruneRule, kept Attachments, progress Progress, entry func(p Pruned, keys string) []timeline.Entry) (Pruned, error)
	Pruned(ctx context.Context) (Pruned, error)
	LegalHolds(ctx context.Context) ([]LegalHold, error)
	Holdable(ctx context.Context, kind HoldKind, ref string) (bool, error)
	SaveLegalHold(ctx context.Context, h LegalHold, entries []timeline.Entry) error
	RemoveLegalHold(ctx context.Context, id int64, entries []timeline.Entry) error

	ExportAll(ctx context.Context, path string, made time.Time, kept Attachments, progress Progress) (Exported, error)
	TakeAll(ctx context.Context, path string, kept Attachments, progress Progress, note func(Exported) []timeline.Entry) (Exported, error)
	Check(ctx context.Context) (said string, err error)
	Carries(ctx context.Context, entry int64, hash string) (bool, error)
	Setting(ctx context.Context, name string, value any) error
	SaveSetting(ctx context.Context, name string, value any, entries []timeline.Entry) error
	Record(ctx context.Context, entries []timeline.Entry) error

	Standing(ctx context.Context, user people.ID) (Standing, error)
	Users(ctx context.Context) ([]people.User, error)
	SaveUser(ctx context.Context, rule func(all []people.User) (UserChange, error)) (people.User, error)
	Branches(ctx context.Context) ([]Branch, error)
	AddBranch(ctx context.Context, company, name string, entries []timeline.Entry) error
	SightOf(ctx context.Context, user people.ID) (Sight, error)
	SaveSight(ctx context.Context, user people.ID, to Sight, entries []timeline.Entry) error
	Locations(ctx context.Context) ([]Location, error)
	SaveLocation(ctx context.Context, l Location, entries []timeline.Entry) error
	RemoveLocation(ctx context.Context, id int64, entries []timeline.Entry) error
	Placings(ctx context.Context) (Placings, error)
	SavePlacings(ctx context.Context, change func([]backup.Placing) ([]backup.Placing, []timeline.Entry, error)) error
	MoveRoutines(ctx context.Context, m Move) ([]Moved, error)
	Login(ctx context.Context, name string) (Login, error)
	ChangeLogin(ctx context.Context, user people.ID, rule func(Login) (Login, []timeline.Entry, error)) error

	StatusMap(ctx context.Context) (backup.StatusMap, error)
	SaveStatusMap(ctx context.Context, change func(backup.StatusMap) (backup.StatusMap, []timeline.Entry, error)) error
	StatusesSeen(ctx context.Context, scope Scope) ([]StatusSeen, error)
	Rejudge(ctx context.Context, r Rejudging) (Rejudged, error)

	KeptFiles(ctx context.Context, scope Scope, q KeptQuery) ([]KeptFile, error)
	ReadAgain(ctx context.Context, in Intake, file int64, preview bool, records iter.Seq2[backup.Execution, error]) (Reread, error)
}

// Intake is a file on its way into the store, with who brings it and the rules that judge what is in it. The rules are
// called inside the transaction that commits the file.
type Intake struct {
	File    backup.File
	Actor   string
	At      time.Time // the machine's clock
	Judged  time.Time // the instant that rules judge by
	OpenAll bool      // open incidents for all failures, however old: no question
	Since   time.Time // executions before it open none; zero for no such bound
	Reason  string    // why Since was given, for the record
	Zone    string    // of this import alone; "" is the source's
	Rules   IntakeRules
}

// RoutineChange is called inside the transaction with what a routine's settings are, and gives what they become with the entries
// that say so; without entries nothing is saved.
type RoutineChange func(id int64, before RoutineSettings) (RoutineSettings, []timeline.Entry, error)

// IntakeRules are what the desk wants asked about executions that came or changed.
type IntakeRules struct {
	Statuses   backup.StatusMap // what people say that tools' words mean
	Policy     func(e backup.Execution, tool ToolSettings, routine RoutineSettings) incident.Policy
	Awaits     func(routine RoutineSettings, due time.Time) bool                                                           // a run is expected then, by today's settings
	Open       func(incident.Finding) (incident.Change, bool)                                                              // a new incident for it, or none
	TriedAgain func(in incident.Incident, f incident.Finding) (incident.Change, bool)                                      // a later try of a run that has an incident
	Changed    func(in incident.Incident, session incident.ExecutionID, from, to backup.Execution) (incident.Change, bool) // its own execution or a linked session says something else now
	Moved      func(in incident.Incident, to backup.Execution) (incident.Change, bool)                                     // its own execution lies at another time
	Explained  func(parent, child incident.Incident) ([]incident.Change, error)                                            // a coordinator's incident, and that of a child which explains it

	RanLate func(in incident.Incident, missed incident.ID, id incident.ExecutionID, e backup.Execution) (incident.Change, bool) // a late export brings a run that was thought not to have started, or the tool's own word that it did not
	Spoke   func(in incident.Incident, silent incident.ID, file string) (incident.Change, bool)                                 // data of a silent source
}

// Judging is when executions in hand are judged anew, and by which rules.
type Judging struct {
	At     time.Time // the machine's clock
	Judged time.Time // the instant that rules judge by
	Rules  IntakeRules
}

// Want names what a rule needs at hand.
type Want struct {
	Incidents []incident.ID
	Sessions  []incident.ExecutionID
	Progress  Progress
}

// Progress is told how far the saving of many incidents has come, from the goroutine that saves; nil is told nothing.
type Progress func(done, of int)

// Loaded is what a Want named, as it stands inside the transaction, each in the order asked for.
type Loaded struct {
	Incidents []incident.Incident // with children and links
	Sessions  []incident.Session
}
