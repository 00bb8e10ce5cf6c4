package format

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"backstop/app/backup"
)

var streamMB = flag.Int("stream-mb", 16, "how many MB of each export BenchmarkStream reads; the second size is four times as many")

// stream is an export of any length: a head, then records whose ids and times go on.
type stream struct {
	head   string
	record func(i int, at time.Time) string
	foot   string
}

var streams = map[string]stream{
	"netbackup_bpdbjobs": {record: func(i int, at time.Time) string {
		return fmt.Sprintf(`%d,0,3,%d,Files-%d,Nightly,fs-%d.tide.example,media2.tide.example,%d,0000000600,%d,disk-a,1,,52428,1200,C:\data\,100,4711,root,1,0,1,0,root,primary.tide.example,1,30,0,,,0,0,%d,5120,,,,,,,,,,,1,,,1,0,0,fs-%d_%d,,,0,0, ,73.5,,,,90021,,,,0,,12.25`+"\n",
			i, i%50/49*58, i%40, i%300, at.Unix(), at.Unix()+600, i, i%300, at.Unix())
	}},
	"netbackup_bperror": {record: func(i int, at time.Time) string {
		return fmt.Sprintf("%d 1 4 4 media2 %d %d 0 fs-%d nbpem CLIENT fs-%d  POLICY Files  SCHED Full  EXIT STATUS 0 (the requested operation was successfully completed) VBRF 1 0\n", at.Unix(), i, i, i%300, i%300)
	}},
	"dataprotector_list_sessions": {
		head: "#List of Sessions\n#Cell Manager: cm01.harbour.example\n# Headers\n# Session Type\tSpecification\tStatus\tMode\tStart Time\tStart Time_t\tEnd Time\tEnd Time_t\tGB Written\tSession ID\n",
		record: func(i int, at time.Time) string {
			return fmt.Sprintf("Backup\tFS_%d\tCompleted\tfull\t%s\t%d\t%s\t%d\t1.25\t%s-%d\n", i%40, at.Format("1/2/2006 3:04:05 PM"), at.Unix(), at.Format("1/2/2006 3:04:05 PM"), at.Unix()+60, at.Format("2006/01/02"), i+1)
		},
	},
	"dataprotector_session_report": {record: func(i int, at time.Time) string {
		t := at.Format("1/2/2006 3:04:05 PM")
		return fmt.Sprintf("[Normal] From: BSM@cm01.harbour.example \"FS_%d\"  Time: %s\n\tBackup session %s-%d started.\n\n[Minor] From: VBDA@pier01 \"/C\"  Time: %s\n[81:76] \t/C/x\n\tCannot stat.\n\n"+
			"[Normal] From: BSM@cm01.harbour.example \"FS\"  Time: %s\n\tBackup Statistics:\n\n\t\tCompleted Disk Agents ........          1\n\t\tMbytes Total .................      12 MB\n\n", i%40, t, at.Format("2006/01/02"), i+1, t, t)
	}},
	"veeam_csv": {
		head: `"Id","JobName","JobTypeString","State","Result","CreationTimeUTC","EndTimeUTC","Reason","BackupSize"` + "\r\n",
		record: func(i int, at time.Time) string {
			return fmt.Sprintf(`"%08x-1111-4222-8333-444455556666","Nightly %d","Backup","Stopped","Success","%s","%s","","1073741824"`+"\r\n", i, i%40, at.Format("1/2/2006 3:04:05 PM"), at.Add(time.Minute).Format("1/2/2006 3:04:05 PM"))
		},
	},
	"rubrik_tasks_csv": {
		head: `"Task Status","Task Type","Object Name","Object Type","Location","SLA Domain","Start Time","End Time","Duration (s)","Data Transferred (B)","Data Stored (B)"` + "\n",
		record: func(i int, at time.Time) string {
			return fmt.Sprintf(`"Succeeded","Backup","vm-%d","VMware VM","vc1","Gold","%s","%s","60","1203","1203"`+"\n", i, at.Format(time.DateTime), at.Add(time.Minute).Format(time.DateTime))
		},
	},
	"tsm_events": {record: func(i int, at time.Time) string {
		return fmt.Sprintf("STD,DAILY,NODE%d,%s,%s,%s,Completed,0,All operations completed successfully.\n", i, at.Format(time.DateTime), at.Format(time.DateTime), at.Add(time.Minute).Format(time.DateTime))
	}},
	"bacula_report": {record: func(i int, at time.Time) string {
		job := fmt.Sprintf("nightly.%s_03", at.Format("2006-01-02_15.04.05"))
		stamp, t := at.Format("02-Jan 15:04"), at.Format("02-Jan-2006 15:04:05")
		return fmt.Sprintf("%s harbour-dir JobId %d: Start Backup JobId %d, Job=%s\n%s harbour-dir JobId %d: Bacula harbour-dir 9.6.7 (10Dec20):\n  Build OS:               x86_64\n  JobId:                  %d\n  Job:                    %s\n"+
			"  Client:                 \"pier-fd\" 9.6.7\n  Start time:             %s\n  End time:               %s\n  FD Files Written:       1,203\n  FD Bytes Written:       3,914,133 (3.914 MB)\n  Termination:            Backup OK\n\n", stamp, i+1, i+1, job, stamp, i+1, i+1, job, t, t)
	}},
	"restic_json": {record: func(i int, _ time.Time) string {
		return `{"message_type":"status","percent_done":0.5,"total_files":12,"total_bytes":34}` + "\n" +
			fmt.Sprintf(`{"message_type":"summary","files_new":1,"total_files_processed":12,"total_bytes_processed":34,"data_added":5,"total_duration":1.5,"snapshot_id":"%064x"}`+"\n", i+1)
	}},
	"vzdump_log": {record: func(i int, at time.Time) string {
		t := at.Format(time.DateTime)
		return fmt.Sprintf("INFO: Starting Backup of VM %d (qemu)\nINFO: Backup started at %s\nINFO: VM Name: vm%d\nINFO:  50%% (32.0 GiB of 64.0 GiB) in 2m 1s\nINFO: archive file size: 21.50GB\nINFO: Finished Backup of VM %d (00:01:00)\nINFO: Backup finished at %s\n", 100+i%800, t, i%800, 100+i%800, t)
	}},
	"pve_tasks_json": {head: "[", foot: "{}]", record: func(i int, at time.Time) string {
		return fmt.Sprintf(`{"upid":"UPID:hill1:%08X:0123ABCD:%08X:vzdump::root@pam:","type":"vzdump","starttime":%d,"endtime":%d,"status":"OK"},`+"\n", i, at.Unix(), at.Unix(), at.Unix()+60)
	}},
	"commvault_jobs_json": {head: `{"jobs":[`, foot: `{}]}`, record: func(i int, at time.Time) string {
		return fmt.Sprintf(`{"jobSummary":{"jobId":%d,"status":"Completed","jobType":"Backup","backupLevelName":"Full","jobStartTime":%d,"jobEndTime":%d,"sizeOfMediaOnDisk":12,"subclient":{"clientName":"c%d"}}},`+"\n", i+1, at.Unix(), at.Unix()+60, i%99)
	}},
	"rsync_log": {record: func(i int, at time.Time) string {
		t := at.Format("2006/01/02 15:04:05")
		return fmt.Sprintf("%s [%d] building file list\n%s [%d] >f+++++++++ a/b/c\n%s [%d] sent 1203 bytes  received 19 bytes  total size 99203\n", t, i+1, t, i+1, t, i+1)
	}},
	"pgbackrest_log": {record: func(i int, at time.Time) string {
		t := at.Format("2006-01-02 15:04:05.000")
		return fmt.Sprintf("-------------------PROCESS START-------------------\n%s P00   INFO: backup command begin 2.45: --exec-id=%d-aabb --stanza=main --type=full\n%s P00   INFO: new backup label = %sF\n%s P00   INFO: full backup size = 21.9MB, file total = 960\n%s P00   INFO: backup command end: completed successfully (4000ms)\n",
			t, i+1, t, at.Format("20060102-150405"), t, t)
	}},
	"dataprotector_objects_csv": {
		head: "Session Id,Specification,Mountpoint,Status,Mode,Start Time,End Time,Size\n",
		record: func(i int, at time.Time) string {
			return fmt.Sprintf("%s-%d,FS_%d,/C%d,Completed,full,%s,%s,1024\n", at.Format("2006/01/02"), i/3+1, i/3%40, i%3, at.Format("01/02/2006 15:04:05"), at.Add(time.Minute).Format("01/02/2006 15:04:05"))
		},
	},
	"amanda_trace": {record: func(i int, at time.Time) string {
		t := at.Format("20060102150405")
		return fmt.Sprintf("START planner date %s\nDISK planner pier%d /srv\nFINISH planner date %s time 0.2\nSUCCESS dumper pier%d /srv %s 0 [sec 5.0 kb 1203 kps 240.6 orig-kb 1203]\n"+
			"DONE taper ST:disk pier%d /srv %s 1 0 [sec 2.0 bytes 1231872 kps 601.5 orig-kb 1203]\nFINISH driver date %s time 9.1\n", t, i%40, t, i%40, t, i%40, t, t)
	}},
	"arcserve_activity": {
		head: "jobid|logtime|serverhost|agenthost|msgtextid|msgtext\n",
		record: func(i int, at time.Time) string {
			return fmt.Sprintf("%d|%s|HARBOUR|HARBOUR|4354|done\n", i+1, at.Format("02.01.2006 15:04:05"))
		},
	},
	"netbackup_jobdetails": {record: func(i int, at time.Time) string {
		begin, end := at.Format("Jan 2, 2006 3:04:05 PM"), at.Add(time.Minute).Format("Jan 2, 2006 3:04:05 PM")
		return fmt.Sprintf("%s - Info nbjm (pid=880) starting backup job (jobid=%d) for client fs-%d, policy Files, schedule Nightly\n%s - begin writing\n"+
			"%s - Info bpbkar (pid=0) done. status: 0: the requested operation was successfully completed\nthe requested operation was successfully completed  (0)\n\n", begin, i+1, i%300, begin, end)
	}},
	"restic_snapshots": {head: "[", foot: "{}]", record: func(i int, at time.Time) string {
		return fmt.Sprintf(`{"time":"%s","tree":"7751c4ce","paths":["/srv/kiln"],"hostname":"ofen-%d","id":"%064x","short_id":"%08x"},`+"\n", at.Format(time.RFC3339), i%40, i+1, i+1)
	}},
	"velero_logs": {record: func(i int, at time.Time) string {
		begin, end, name := at.Format(time.RFC3339), at.Add(time.Minute).Format(time.RFC3339), at.Format("20060102150405")
		return fmt.Sprintf("time=\"%s\" level=info msg=\"Setting up backup temp file\" backup=velero/hall-%s logSource=\"pkg/controller/backup_controller.go:634\"\n"+
			"time=\"%s\" level=info msg=\"Backup completed successfully\" backup=velero/hall-%s logSource=\"pkg/controller/backup_controller.go:800\"\n", begin, name, end, name)
	}},
	"hyperbackup_log": {record: func(i int, at time.Time) string {
		t := at.Format("2006/01/02 15:04:05")
		return fmt.Sprintf("info\t%s\tSYSTEM:\t[Network][Task %d] Backup task started.\ninfo\t%s\tSYSTEM:\t[Network][Task %d] Backup task finished successfully.\n", t, i%9, t, i%9)
	}},
}

// repeated is a stream for formats that have none above: a sample over and over, so that its ids and times repeat.
func repeated(b *testing.B, f Format) stream {
	b.Helper()
	for _, name := range []string{"ok.log", "mixed.log"} {
		raw, err := os.ReadFile(filepath.Join("testdata", f.Name, name))
		if err != nil {
			continue
		}
		text := strings.TrimRight(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n") + "\n\n"
		return stream{record: func(int, time.Time) string { return text }}
	}
	b.Fatalf("%s has no sample to repeat", f.Name)
	return stream{}
}

// BenchmarkStream reads exports of two sizes: the rate must be the same, and so must the memory.
func BenchmarkStream(b *testing.B) {
	for _, f := range formats {
		s, ok := streams[f.Name]
		if !ok {
			s = repeated(b, f)
		}
		for _, mb := range []int{*streamMB, 4 * *streamMB} {
			b.Run(fmt.Sprintf("%s/%dMB", f.Name, mb), func(b *testing.B) { s.read(b, f, int64(mb)<<20) })
		}
	}
}

func (s stream) read(b *testing.B, f Format, size int64) {
	var peak uint64
	records := 0
	b.SetBytes(size)
	for b.Loop() {
		records = 0
		in := testInput(b, nil)
		in.Order = backup.MonthFirst
		var from *endless
		in.Open = func() (io.ReadCloser, error) {
			from = &endless{stream: s, left: size}
			return io.NopCloser(from), nil
		}
		next := size
		for e, err := range f.Read(in) {
			if _, harmless := IsBad(err); err != nil && !harmless {
				b.Fatal(err)
			}
			_ = e
			if records++; from.left < next {
				peak, next = max(peak, heap()), next-size/10
			}
		}
	}
	if records < 100 {
		b.Fatalf("%d records", records)
	}
	b.ReportMetric(float64(peak)/(1<<20), "heap-MiB")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*records), "ns/record")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// endless writes a stream while it is read.
type endless struct {
	stream
	left int64
	n    int
	text string
	over bool
}

func (e *endless) Read(p []byte) (int, error) {
	for e.text == "" {
		switch {
		case e.over:
			return 0, io.EOF
		case e.left <= 0:
			e.text, e.over = e.foot, true
			continue
		}
		var b strings.Builder
		if e.n == 0 {
			b.WriteString(e.head)
		}
		for range 100 {
			b.WriteString(e.record(e.n, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(e.n)*7*time.Second)))
			e.n++
		}
		e.text = b.String()
		e.left -= int64(len(e.text))
	}
	n := copy(p, e.text)
	e.text = e.text[n:]
	return n, nil
}
