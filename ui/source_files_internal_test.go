package ui

import (
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// What became of a file and why is on record in English, and said in the language of who looks.
func TestFileSaid_inTheChosenLanguage(t *testing.T) {
	say.Use(say.Portuguese)
	t.Cleanup(func() { say.Use(say.English) })
	bad := []backup.BadRecord{{Line: 4, Reason: `the phase "Odd" is not known; it is not guessed`}}
	for _, c := range []struct {
		status    backup.Status
		reason    string
		problems  []backup.BadRecord
		notes     []string
		word, why string
	}{
		{backup.Rejected, "it is empty", nil, nil, "rejeitado", "está vazio"},
		{backup.Rejected, "it is packed by zip and cannot be unpacked: zip: not a valid zip file", nil, nil, "rejeitado", "está compactado com zip e não pode ser descompactado: zip: not a valid zip file"},
		{backup.Rejected, "nothing in the zip can be read; jobs.csv: it is empty", nil, nil, "rejeitado", "zip: nada do que contém pode ser lido; jobs.csv: está vazio"},
		{
			backup.Imported, "", bad,
			[]string{"a mailbox with: 1 imported, 2 not read"},
			"importado",
			`não foi possível ler 1 registro; linha 4: a fase "Odd": valor desconhecido; nada é presumido; caixa de correio: do que contém, importados: 1, não lidos: 2`,
		},
	} {
		r := desk.FileRow{Status: c.status, Reason: c.reason, Problems: c.problems, Notes: c.notes}
		if word, why := fileWord(r), fileSaid(r); word != c.word || why != c.why {
			t.Errorf("%s %s is said as %s: %s", c.status, c.reason, word, why)
		}
	}
}
