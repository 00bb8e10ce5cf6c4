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
		"pbs_task_log/mixed.log", "barman_list_text/mixed.log", "mariabackup_log/mixed.log", "backuppc_host_log/mixed.log", "backuppc_log/mixed.log",
		"urbackup_mail/mixed.log", "hyperbackup_log/mixed.log", "qnap_log/mixed.log", "timemachine_log/mixed.log", "velero_table/mixed.log",
		"veeam_checkmk/mixed.log",
		"amanda_trace/mixed.log", "amanda_report/mixed.log", "kopia/list.log", "duplicati_report/posted.log", "borg_archives/mixed.log",
		"tsm_events/table.log", "tsm_actlog/narrow.log", "tsm_dsmsched/truncated.log", "rman_log/truncated.log", "brbackup_log/truncated.log",
		"arcserve_udp/mixed.log", "dpa_csv/truncated.log", "commvault_jobs_json/truncated.log", "rubrik_tasks_csv/truncated.log", "wbadmin_versions/ok.log",
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		form, err := Detect(head(t, testInput(t, raw)))
		if err != nil {
			t.Fatal(err)
		}
		whole := told(t, raw)
		if len(whole) == 0 {
			t.Errorf("%s holds nothing", name)
		}
		for n := 0; n < len(raw); n += stride {
			for key, o := range toldBy(t, form, raw[:n]) {
				if whole[key] == 0 || o != backup.Running && o != whole[key] {
					t.Fatalf("%s cut behind %q: %s, want %s", name, raw[max(0, n-60):n], o, whole[key])
				}
			}
		}
	}
}

func told(t *testing.T, raw []byte) map[backup.Key]backup.Outcome {
	t.Helper()
	form, err := Detect(head(t, testInput(t, raw)))
	if err != nil {
		return nil
	}
	return toldBy(t, form, raw)
}

// toldBy asks one format alone: to ask them all at every byte takes most of the time.
func toldBy(t *testing.T, form Format, raw []byte) map[backup.Key]backup.Outcome {
	t.Helper()
	executions := map[backup.Key]backup.Outcome{}
	in := testInput(t, raw)
	if !form.Match(head(t, in)) {
		return executions
	}
	for e, err := range form.Read(in) {
		if err == nil {
			executions[e.KeyUnder(e.Instance, in.ModTime, 0)] = e.Outcome
		}
	}
	return executions
}
