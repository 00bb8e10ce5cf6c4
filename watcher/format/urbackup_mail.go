package format

import (
	"cmp"
	"iter"
	"net/mail"
	"regexp"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// UrBackup's mails: a report of one backup, whose subject is broken over two lines, or an alert that a client has no recent
// backup, which is the server's own word for a missed one.
var _ = register(Format{
	Name:    "urbackup_mail",
	Version: 1,
	Tool:    "UrBackup",
	Title:   say.N("report and alert mails"),
	Export:  say.N("In Settings, Mail, have reports sent for every backup and alerts on, and save the mails as .eml or text."),
	// Reports come when a backup has ended.
	EndsOnly: true,
	Header:   true,
	Evidence: backup.Report,
	Match: func(head []byte) bool {
		return urbackupSubject.Match(head) || urbackupBody.Match(head)
	},
	Executions: urbackupMails,
})

var (
	urbackupSubject = signOf(`(?m)^Subject: (UrBackup: .+ backup of "|\[UrBackup\].*: No recent (file|image) backup)`, "UrBackup")
	urbackupBody    = signOf(`(?m)^(UrBackup just did an? .+ backup of "|No recent (file|image) backup for client ")`, "UrBackup just did", "No recent ")

	urbackupDid    = regexp.MustCompile(`^UrBackup just did an? (.+) backup of "(.+)"\.\s*$`)
	urbackupSaid   = regexp.MustCompile(`^(?:Subject: UrBackup: .*")?\s+- (success|failed)\s*$`)
	urbackupCounts = regexp.MustCompile(`^\( ?(\d+) infos?, (\d+) warnings?, (\d+) errors?\)`)
	urbackupStamp  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\((info|warning|error)\): (.*)$`)
	urbackupAlert  = regexp.MustCompile(`^No recent (file|image) backup for client "(.+?)"\.`)
	urbackupSent   = regexp.MustCompile(`^Date: (.*)$`)
)

// mailHeader begins the next mail, where one stands behind another in one text.
var mailHeader = regexp.MustCompile(`^(Return-Path|Received|From|To|Date|Subject|Message-I[Dd]|MIME-Version): `)

func urbackupMails(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		report := &urbackupReport{}
		give := func() bool {
			e, err := report.execution(in)
			return report.client == "" || yield(e, err)
		}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if report.client != "" && mailHeader.MatchString(line.Text) { // the next mail
				if !give() {
					return
				}
				report = &urbackupReport{}
			}
			report.read(line)
		}
		give()
	}
}

// urbackupReport is one mail while its lines are read.
type urbackupReport struct {
	line           Line
	sent           string // the mail's date
	what, client   string
	alert          string
	said           string // in the subject, or in its last line
	counted        bool
	troubles       int    // warnings and errors
	first, last    string // stamps
	warning, error string // the first of each
	log            logText
}

func (r *urbackupReport) read(line Line) {
	if m := urbackupSent.FindStringSubmatch(line.Text); m != nil && r.client == "" {
		r.sent = m[1]
	} else if m := urbackupSaid.FindStringSubmatch(line.Text); m != nil && r.client == "" {
		r.said = m[1]
	} else if m := urbackupDid.FindStringSubmatch(line.Text); m != nil {
		r.line, r.what, r.client = line, m[1], m[2]
	} else if m := urbackupAlert.FindStringSubmatch(line.Text); m != nil && !line.Open {
		r.line, r.what, r.client, r.alert = line, m[1], m[2], line.Text
	} else if m := urbackupCounts.FindStringSubmatch(line.Text); m != nil {
		warnings, _ := strconv.Atoi(m[2])
		errors, _ := strconv.Atoi(m[3])
		r.counted, r.troubles = true, max(warnings, errors)
	} else if m := urbackupStamp.FindStringSubmatch(line.Text); m != nil {
		r.say(line.Text, m)
	}
}

func (r *urbackupReport) say(line string, m []string) {
	r.log.add(line)
	if r.last = m[1]; r.first == "" {
		r.first = m[1]
	}
	switch {
	case m[2] == "error" && r.error == "":
		r.error = m[3]
	case m[2] == "warning" && r.warning == "":
		r.warning = m[3]
	}
	if result := map[string]string{"Backup succeeded": "success", "Backup failed": "failed"}[m[3]]; result != "" && r.said == "" {
		r.said = result
	}
}

func (r *urbackupReport) execution(in *Input) (e backup.Execution, err error) {
	if r.alert != "" {
		return r.missed(in)
	}
	e = backup.Execution{
		Routine: "file backup", Client: r.client, Level: "full", NativeStatus: r.said,
		StartText: r.first, EndText: r.last, Line: r.line.N, Offset: r.line.Offset,
	}
	if strings.Contains(r.what, "image") {
		e.Routine = "image backup"
	}
	if strings.Contains(strings.ToLower(r.what), "incremental") {
		e.Level = "incremental"
	}
	switch {
	case !r.counted || r.first == "" || r.said == "":
		return e, bad(r.line.N, say.Record("the report is cut before it says how the backup went"))
	case r.said == "failed":
		e.Outcome = backup.Failed
	case r.troubles > 0:
		e.Outcome = backup.Partial
	default:
		e.Outcome = backup.Success
	}
	if e.Outcome != backup.Success {
		e.Error, e.Log = short(cmp.Or(r.error, r.warning)), r.log.String()
	}
	if e.Start, e.TimeNote, err = in.Wall(r.first); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	if e.End, _, err = in.Wall(r.last); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	return e, nil
}

// missed is the alert. It is sent again and again while it holds, so the mail's date tells one from the next.
func (r *urbackupReport) missed(in *Input) (e backup.Execution, err error) {
	e = backup.Execution{
		Routine: r.what + " backup", Client: r.client, Outcome: backup.Missed, NativeStatus: "No recent " + r.what + " backup",
		Error: short(r.alert), Log: r.alert, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.sent == "" {
		e.Text = r.alert
		return e, nil
	}
	e.EndText, e.Absolute = r.sent, true
	if e.End, err = mail.ParseDate(r.sent); err != nil {
		return e, bad(r.line.N, say.Record("%q is no date of a mail", r.sent))
	}
	return e, nil
}
