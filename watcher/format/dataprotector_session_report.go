package format

import (
	"iter"

	"backstop/app/backup"
	"backstop/app/say"
)

// Data Protector: the messages of a session. It has no status word: the statistics at its end and the messages' severity tell.
var _ = register(Format{
	Name:       "dataprotector_session_report",
	Version:    1,
	Tool:       dpTool,
	Title:      "omnidb -session <id> -report",
	Export:     say.N("On the Cell Manager, when the session has ended: `omnidb -session 2026/03/01-12 -report > report.txt`, with nothing behind -report, else the start is missing. Reports of several sessions may follow each other in one file."),
	Evidence:   backup.Report,
	EndsOnly:   true,
	Meaning:    dpMeaning,
	Endings:    func() []backup.Ending { return dpEndings() },
	Match:      func(head []byte) bool { return dpHeadLine.Match(head) && dpStartLine.Match(head) && !dpIsList(head) },
	Executions: dpSessions,
})

// dpReports reads the messages of one session after the other.
func dpReports(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var session *dpSession
		for m, err := range dpMessages(in) {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			next := dpStarted(in, m)
			if next != nil && session != nil && !yield(session.execution(), nil) {
				return
			}
			if next != nil {
				session = next
			}
			if session != nil {
				session.add(in, m)
			}
		}
		if session == nil {
			yield(backup.Execution{}, bad(1, say.Record("no message names its session")))
			return
		}
		yield(session.execution(), nil)
	}
}
