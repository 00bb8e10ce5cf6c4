package incident

import (
	"testing"

	"backstop/app/backup"
	"backstop/app/say"
)

// speaks has a language spoken for a test.
func speaks(t *testing.T, l *say.Language) {
	t.Helper()
	before := say.Chosen()
	say.Use(l)
	t.Cleanup(func() { say.Use(before) })
}

// A title is said again in the chosen language as long as it is ours, and is English as recorded.
func TestShownTitle(t *testing.T) {
	run := backup.Execution{Tool: "NetBackup", Routine: "SQL-Prod", Level: "Full"}
	for cause, want := range map[Cause][2]string{
		CauseFailed:    {"SQL-Prod Full failed", "SQL-Prod Full falhou"},
		CausePartial:   {"SQL-Prod Full partial", "SQL-Prod Full parcial"},
		CauseMissed:    {"SQL-Prod Full did not start", "SQL-Prod Full não iniciou"},
		CauseCancelled: {"SQL-Prod Full cancelled", "SQL-Prod Full cancelada"},
		CauseStalled:   {"SQL-Prod Full stalled", "SQL-Prod Full travada"},
		CauseSilent:    {"SQL-Prod Full silent", "SQL-Prod Full silenciosa"},
	} {
		title := Title(run, cause)
		for i, l := range []*say.Language{say.English, say.Portuguese} {
			speaks(t, l)
			if got := ShownTitle(title, title); got != want[i] {
				t.Errorf("%s: %q is shown as %q, want %q", l.Tag, title, got, want[i])
			}
		}
	}
	for _, c := range []struct{ title, openedAs string }{
		{"Harbour: switch failed", "SQL-Prod Full failed"}, // a person's
		{"failed", "failed"}, // of something without a name
		{"", ""},
	} {
		if got := ShownTitle(c.title, c.openedAs); got != c.title {
			t.Errorf("%q is shown as %q", c.title, got)
		}
	}
}

func TestShownFailure(t *testing.T) {
	missed := OpenMissed(Absence{Policy: "SQL-Prod", Due: hours(0), Grace: 90 * 60e9}, hours(2), hours(2)).Incident
	silent := OpenSilent(Silence{Source: backup.Source{Name: "nbu"}, Since: hours(0), Every: 26 * 60 * 60e9}, hours(30), hours(30)).Incident
	speaks(t, say.Portuguese)
	for recorded, want := range map[string]string{
		missed.Failure:                            "nenhuma execução iniciou quando prevista",
		silent.Failure:                            "nada veio da origem nbu por mais tempo que seu ritmo de 1 d 2 h",
		"failed":                                  "com falha",
		"12 disk agents failed, 2 errors":         "12 disk agents falharam, 2 erros",
		"backup of C: authentication failed":      "backup of C: authentication failed", // a tool's, though we have words for a part of it
		"incomplete":                              "incomplete",
		"1  some files or databases were skipped": "1  alguns arquivos ou bancos de dados foram pulados",
		"58  can't connect to client failed":      "58  can't connect to client failed",
		"":                                        "",
	} {
		if got := ShownFailure(recorded); got != want {
			t.Errorf("%q is shown as %q, want %q", recorded, got, want)
		}
	}
}
