package format

import "backstop/app/say"

// Exports of Veeam that people take for job lists.

const veeamInstead = "export the sessions instead: Get-VBRBackupSession | Select Id,JobName,JobTypeString,State,Result,CreationTimeUTC,EndTimeUTC | Export-Csv sessions.csv -NoTypeInformation"

var _ = refuse(say.Record("it lists Veeam's job definitions, which have not run; "+veeamInstead), func(head []byte) bool {
	return csvHeaderHas(head, "Name", "JobType", "ScheduleOptions")
})

var _ = refuse(say.Record("it lists the sizes of Veeam's backup files, without results; "+veeamInstead), func(head []byte) bool {
	return csvHeaderHas(head, "BackupJob", "Timestamp", "BackupSize(GB)")
})

var _ = refuse(say.Record("it has Veeam's results but no time; add CreationTimeUTC and EndTimeUTC to the columns, or map the file by hand"), func(head []byte) bool {
	return holds(head, "JobName") && csvHasOne(head, veeamJob) && csvHasOne(head, veeamResult) && !csvHasOne(head, veeamStart)
})

var _ = refuse(say.Record("a summary of Enterprise Manager holds only totals; "+veeamInstead), func(head []byte) bool {
	return holds(head, `"SuccessfulJobRuns"`) || holds(head, `"SuccessfulVmLastestStates"`)
})
