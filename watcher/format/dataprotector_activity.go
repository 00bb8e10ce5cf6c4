package format

import (
	"iter"
	"regexp"
	"strings"

	"backstop/app/backup"
)

// Scripts that look after Data Protector write the output of one command behind the other into a log: lists of sessions, the
// messages of some of them, lists of objects. Lists and messages are read; each session is one execution, whoever tells it.

// dpSection is what a line belongs to.
type dpSection uint8

const (
	dpElsewhere dpSection = iota // object lists, what runs now, the script's own words
	dpInList
	dpInMessages
)

// dpCommand tells the line in which a script names the command that it runs, and the heads of lists that are not read.
var dpCommand = regexp.MustCompile(`^\s*(?:.*\b(?:omnirpt|omnidb|omnistat)(?:\.exe)? .*|Object Name\s+Object Type\s+Object Status\b.*|SessionID +Type +Status +User.*)$`)

// next follows the sections of a text line by line.
func (s dpSection) next(text string) dpSection {
	switch {
	case strings.HasPrefix(text, "[") && dpHeadLine.MatchString(text):
		return dpInMessages
	case strings.HasPrefix(strings.TrimLeft(text, " "), "#"):
		return dpInList
	case s != dpElsewhere && dpMayCommand(text) && dpCommand.MatchString(text):
		return dpElsewhere
	}
	return s
}

// dpMayCommand is quick, since most lines are rows and messages, which TABs begin or divide.
func dpMayCommand(text string) bool {
	return !strings.Contains(text, "\t") && (strings.Contains(text, "omni") || strings.HasPrefix(text, "Object Name") || strings.HasPrefix(text, "SessionID"))
}

// dpSessions reads the lists of a text, then the messages in it. Before a list's head stands nothing that matters.
func dpSessions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		told := map[dpSection]bool{}
		stopped := false
		for _, part := range []struct {
			section dpSection
			read    func(*Input) iter.Seq2[backup.Execution, error]
		}{{dpInList, dpLists}, {dpInMessages, dpReports}} {
			if part.section == dpInMessages && !told[dpInMessages] {
				break
			}
			at := dpElsewhere
			in.keep = func(line Line) bool {
				at = at.next(line.Text)
				told[at] = true
				return at == part.section
			}
			for e, err := range part.read(in) {
				if stopped = !yield(e, err); stopped {
					break
				}
			}
			if in.keep = nil; stopped {
				return
			}
		}
	}
}
