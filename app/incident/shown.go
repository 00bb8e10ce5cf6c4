package incident

import (
	"fmt"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// What is recorded of an incident is English, whatever is spoken. Here it is said in the chosen language, as far as the words are ours.

// endings say in a title how the run of a cause ended.
var endings = map[Cause]string{
	CauseFailed: say.N("%s failed"), CausePartial: say.N("%s partial"), CauseMissed: say.N("%s did not start"), CauseCancelled: say.N("%s cancelled"), CauseStalled: say.N("%s stalled"), CauseSilent: say.N("%s silent"),
}

// ShownTitle is a title to be read. One that is still what the incident was opened as is ours but for the name and the level in it; that
// of a person stays.
func ShownTitle(title, openedAs string) string {
	if title != openedAs {
		return title
	}
	for _, ending := range endings {
		if what, ours := strings.CutSuffix(title, strings.TrimPrefix(ending, "%s")); ours {
			return fmt.Sprintf(say.W(ending), what)
		}
	}
	return title
}

// ShownTitle is the title to be read.
func (in Incident) ShownTitle() string { return ShownTitle(in.Title, in.OpenedAs) }

// ShownFailure is a failure text to be read: what the tool wrote stays, what the desk itself found is ours, as are the words for a code of the
// tool and for an outcome of which it said nothing.
func ShownFailure(text string) string {
	if o, err := backup.ParseOutcome(text); err == nil {
		return say.W(o.String())
	}
	if code, words, ok := strings.Cut(text, afterCode); ok {
		return code + afterCode + say.Ours(words)
	}
	return say.Ours(text)
}

// ShownFailure is the failure text to be read.
func (in Incident) ShownFailure() string { return ShownFailure(in.Failure) }
