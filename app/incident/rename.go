package incident

import (
	"time"

	"backstop/app/say"
)

// maxTitle bounds a title, in characters.
const maxTitle = 200

// Rename gives the incident another title. What it was opened as is kept.
func Rename(in Incident, title, actor string, now time.Time) (Change, error) {
	if err := check(in, ToRename); err != nil {
		return Change{}, err
	}
	after := in
	after.Title = line(title)
	switch {
	case after.Title == "":
		return Change{}, refuse(say.Error("a title is needed"))
	case len([]rune(after.Title)) > maxTitle:
		return Change{}, refuse(say.Error("a title has at most %d characters", maxTitle))
	case after.Title == in.Title:
		return Change{}, refuse(say.Error("%d has this title already", in.ID))
	}
	return record(in, after, renamed, actor, now), nil
}
