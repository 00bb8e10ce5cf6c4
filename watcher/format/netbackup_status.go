package format

import (
	"backstop/app/backup"
	"backstop/app/say"
)

// netbackupEndings are all states and codes as bpdbjobs has them, without words. An agent of a database that ends with 1 has failed.
func netbackupEndings() []backup.Ending {
	all := codeEndings("", backup.Failed, "1")
	for code := range netbackupStatus {
		told, _ := netbackupOutcome(code, "")
		all = append(all, backup.Ending{Code: code, Told: told})
	}
	for _, s := range netbackupStates {
		if s.outcome != 0 {
			all = append(all, backup.Ending{Word: s.word, Told: s.outcome})
		}
	}
	return all
}

// netbackupMeaning says a NetBackup status code in our words.
func netbackupMeaning(code string) string { return netbackupStatus[code] }

var netbackupStatus = map[string]string{
	"0":    say.Record("the job ended well"),
	"1":    say.Record("some files or databases were skipped"),
	"2":    say.Record("nothing was backed up"),
	"3":    say.Record("the archive was made, the originals were kept"),
	"4":    say.Record("the archive was made, but deleting the originals failed"),
	"5":    say.Record("the restore failed"),
	"6":    say.Record("the backup failed, usually in the database's script"),
	"11":   say.Record("a system call failed"),
	"13":   say.Record("reading a file failed: client, network or snapshot"),
	"14":   say.Record("writing a file failed"),
	"20":   say.Record("a parameter is not valid"),
	"21":   say.Record("opening a socket failed"),
	"23":   say.Record("reading from a socket failed"),
	"24":   say.Record("writing to a socket failed"),
	"25":   say.Record("connecting a socket failed"),
	"26":   say.Record("client and server could not shake hands"),
	"27":   say.Record("a child process was killed"),
	"37":   say.Record("this server is not allowed to ask for it"),
	"40":   say.Record("the network connection broke"),
	"41":   say.Record("the network connection timed out"),
	"42":   say.Record("reading from the network failed"),
	"46":   say.Record("the client does not allow this server"),
	"47":   say.Record("the host cannot be reached"),
	"48":   say.Record("the client's host name was not found"),
	"49":   say.Record("the client did not start"),
	"50":   say.Record("the client process was aborted"),
	"52":   say.Record("mounting the media timed out"),
	"54":   say.Record("connecting to the client timed out"),
	"57":   say.Record("the client refused the connection"),
	"58":   say.Record("the client cannot be connected"),
	"59":   say.Record("the client does not allow this server"),
	"63":   say.Record("the process was killed"),
	"69":   say.Record("the file list is not valid"),
	"71":   say.Record("none of the listed files exist"),
	"73":   say.Record("the start-notify script failed"),
	"74":   say.Record("the start-notify script did not end in time"),
	"75":   say.Record("the end-notify script did not end in time"),
	"77":   say.Record("a script returned an error"),
	"83":   say.Record("opening the media failed"),
	"84":   say.Record("writing to the media failed"),
	"85":   say.Record("reading from the media failed"),
	"86":   say.Record("positioning the media failed"),
	"87":   say.Record("closing the media failed"),
	"90":   say.Record("no data came for the image"),
	"96":   say.Record("no media are left"),
	"98":   say.Record("the tape request failed"),
	"99":   say.Record("the NDMP backup failed"),
	"103":  say.Record("the configuration is wrong"),
	"110":  say.Record("the configuration is wrong"),
	"112":  say.Record("the file list is empty"),
	"114":  say.Record("an error that NetBackup has no name for"),
	"124":  say.Record("the path of the catalog backup is missing"),
	"129":  say.Record("the disk storage is full"),
	"130":  say.Record("a system error occurred"),
	"131":  say.Record("the client is not permitted"),
	"133":  say.Record("the request is not permitted"),
	"134":  say.Record("the resources were busy; the job is queued again"),
	"135":  say.Record("the client is not permitted"),
	"149":  say.Record("a request to the primary server failed"),
	"150":  say.Record("ended by an administrator"),
	"154":  say.Record("the storage unit does not fit the job"),
	"155":  say.Record("the disk is full"),
	"156":  say.Record("the snapshot failed"),
	"157":  say.Record("suspended by an administrator"),
	"159":  say.Record("the licence does not cover it"),
	"160":  say.Record("authentication failed"),
	"174":  say.Record("a system error of the media manager"),
	"190":  say.Record("no images matched; often harmless for copies"),
	"191":  say.Record("no images were processed; often harmless for copies"),
	"195":  say.Record("the backup was not attempted"),
	"196":  say.Record("the backup was not attempted: its window closed"),
	"197":  say.Record("the schedule is not in the policy"),
	"199":  say.Record("not allowed at this time"),
	"200":  say.Record("no backup was due"),
	"213":  say.Record("no storage unit is available"),
	"219":  say.Record("the storage unit is not available"),
	"230":  say.Record("the policy does not exist"),
	"236":  say.Record("client, schedule and policy do not fit together"),
	"239":  say.Record("client, schedule and policy do not fit together"),
	"240":  say.Record("no schedule of that kind in the policy"),
	"241":  say.Record("the schedule is wrong for this kind of backup"),
	"245":  say.Record("the policy is not of the kind that the client asks for"),
	"247":  say.Record("the policy is not active"),
	"252":  say.Record("see the detailed status of the job"),
	"288":  say.Record("the vault ejected only some media"),
	"800":  say.Record("the resource request failed"),
	"801":  say.Record("the job manager failed"),
	"811":  say.Record("the job manager could not reach the resource requester"),
	"818":  say.Record("the retention levels do not fit"),
	"830":  say.Record("all drives are down"),
	"1000": say.Record("the client is offline"),
	"2000": say.Record("no media can be allocated"),
	"2001": say.Record("no drive is available"),
	"2009": say.Record("all paths to the drives are down"),
	"2060": say.Record("the media must be unmounted first"),
	"2074": say.Record("the disk volume is down"),
	"2075": say.Record("Fibre Transport is not available"),
	"2106": say.Record("the disk storage server is down"),
	"2820": say.Record("the VMware restore failed"),
	"4200": say.Record("the snapshot could not be locked"),
	"4207": say.Record("the snapshot's metadata are missing"),
	"4213": say.Record("importing the snapshot failed"),
	"4239": say.Record("the virtual machine was not found"),
	"4274": say.Record("removing the virtual machine's snapshot failed"),
	"4287": say.Record("the virtual machine already has a snapshot"),
	"6629": say.Record("authorisation failed"),
	"6630": say.Record("a resource is missing"),
	"6662": say.Record("a configuration file is wrong"),
	"7625": say.Record("the TLS handshake failed"),
	"7641": say.Record("the hosts trust no common certificate authority"),
}
