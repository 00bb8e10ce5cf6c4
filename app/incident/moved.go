package incident

import (
	"time"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Moved tells an incident that its own run lies at another time than it was read with: a zone was corrected, or a better export
// came. What a reprocessing session is measured against moves along; whatever state the incident is in.
func Moved(in Incident, to backup.Execution, now time.Time) (Change, bool) {
	at := to.At()
	if in.Execution == 0 || at.IsZero() || in.Failed.Equal(at) {
		return Change{}, false
	}
	after := in
	after.Failed = at
	return record(in, after, "run moved", timeline.System, now, timeline.Changed(say.N("failed run"), instant(in.Failed), instant(at))), true
}
