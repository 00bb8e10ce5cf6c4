package format

import (
	"os"
	"path/filepath"
	"testing"

	"backstop/app/backup"
)

// TestCutFiles_tellNothingNew: wherever a file is cut, what is left holds no execution that the whole has not, unless as running.
func TestCutFiles_tellNothingNew(t *testing.T) {
	for _, name := range []string{
		"dataprotector_list_sessions/mixed.log", "dataprotector_omnistat/mixed.log", "dataprotector_session_report/unix.log",
		"networker_savegroup/mixed.log",
		"bacula_report/bareos.log", "bacula_jobs/llist.log", "vzdump_log/truncated.log", "pve_tasks_json/mixed.log",
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		whole := told(t, raw)
		if len(whole) == 0 {
			t.Errorf("%s holds nothing", name)
		}
		for n := range raw {
			for key, o := range told(t, raw[:n]) {
				if whole[key] == 0 || o != backup.Running && o != whole[key] {
					t.Fatalf("%s cut behind %q: %s, want %s", name, raw[max(0, n-60):n], o, whole[key])
				}
			}
		}
	}
}

func told(t *testing.T, raw []byte) map[backup.Key]backup.Outcome {
	t.Helper()
	executions := map[backup.Key]backup.Outcome{}
	in := testInput(t, raw)
	form, err := Detect(head(t, in))
	if err != nil {
		return executions
	}
	for e, err := range form.Read(in) {
		if err == nil {
			executions[e.KeyUnder(e.Instance, in.ModTime, 0)] = e.Outcome
		}
	}
	return executions
}
