package format

import (
	"cmp"
	"iter"
	"mime"
	"net/mail"
	"regexp"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// Proxmox Backup Server's mails about its care for datastores. It sends none about ordinary backups. The subject tells what was done and how it
// went; what the mail says more differs by version and is kept as it is.
var _ = register(Format{
	Name:    "pbs_mail",
	Version: 1,
	Tool:    "Proxmox Backup Server",
	Title:   say.N("notification mails"),
	Export: say.N("In the datastore's options have notifications sent always, and save the mails as .eml or text. Backups themselves are told by the task list: " +
		"proxmox-backup-manager task list --all --output-format json > tasks.json"),
	Evidence:   backup.Report,
	EndsOnly:   true,
	Header:     true,
	Match:      pbsSubject.Match,
	Executions: pbsMails,
})

var (
	pbsSubject = signOf(`(?mi)^Subject: (?:Garbage Collect Datastore|Verify Datastore|Sync remote|Pruning datastore) '`, "Subject: ")
	pbsDid     = regexp.MustCompile(`(?i)^(Garbage Collect Datastore|Verify Datastore|Sync remote|Pruning datastore) (.*'.*') (successful|failed)\b`)
)

// pbsCares are the words for what was done, as task logs have them.
var pbsCares = map[string]struct {
	routine string
	kind    backup.Kind
}{
	"garbage collect datastore": {"garbage collection", backup.Administrative},
	"verify datastore":          {"verify", backup.Administrative},
	"pruning datastore":         {"prune", backup.Administrative},
	"sync remote":               {"sync", backup.Copy},
}

// pbsNotice is one mail while its lines are read.
type pbsNotice struct {
	line          Line
	subject, sent string
	last          *string // the field that a folded line goes on with
	body          bool
	log           logText
}

func pbsMails(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		m := &pbsNotice{}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m.body && mailHeader.MatchString(line.Text) { // the next mail
				if !yield(m.execution()) {
					return
				}
				m = &pbsNotice{}
			}
			m.read(line)
		}
		if m.line.N > 0 {
			yield(m.execution())
		}
	}
}

func (m *pbsNotice) read(line Line) {
	text := strings.TrimRight(line.Text, " ")
	switch field, value, ok := strings.Cut(text, ": "); {
	case m.body:
		m.log.add(text)
	case text == "":
		m.body = m.line.N > 0
	case strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t"):
		if m.last != nil {
			*m.last += " " + strings.TrimSpace(text)
		}
	case ok && strings.EqualFold(field, "Subject"):
		m.line, m.subject, m.last = line, value, &m.subject
	case ok && strings.EqualFold(field, "Date") && !line.Open:
		m.sent, m.last = value, nil
	default:
		m.last = nil
	}
}

// execution is known by what was done and the mail's date. Only a mail whose header is whole has both.
func (m *pbsNotice) execution() (e backup.Execution, err error) {
	subject, err := new(mime.WordDecoder).DecodeHeader(m.subject)
	if err != nil {
		subject = m.subject
	}
	did := pbsDid.FindStringSubmatch(subject)
	switch {
	case m.sent == "" || !m.body:
		return e, bad(m.line.N, say.Record("the mail's header is cut off, or has no date"))
	case did == nil:
		return e, unknownWord(m.line.N, say.Record("the subject"), subject)
	}
	care := pbsCares[strings.ToLower(did[1])]
	e = backup.Execution{
		Routine: strings.Join(strings.Fields(care.routine+" "+strings.ReplaceAll(did[2], "'", "")), " "), Kind: care.kind,
		Outcome: backup.Success, NativeStatus: strings.ToLower(did[3]), EndText: m.sent, Absolute: true, Line: m.line.N, Offset: m.line.Offset,
	}
	at, err := mail.ParseDate(m.sent)
	if err != nil {
		return e, bad(m.line.N, say.Record("%q is no date of a mail", m.sent))
	}
	if e.End = at.UTC(); e.NativeStatus == "failed" {
		e.Outcome, e.Error, e.Log = backup.Failed, short(subject), cmp.Or(m.log.String(), subject)
	}
	return e, nil
}
