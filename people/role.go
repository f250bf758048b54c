package people

// Role is what a person may do beyond being an employee. Every role but
// employee is granted for an org unit and holds for all units below it.
type Role string

// The roles. Everybody who can sign in is an Employee.
const (
	Employee      Role = "employee"
	Author        Role = "author"
	Compliance    Role = "compliance"
	ComplaintDesk Role = "complaint_desk"
	HR            Role = "hr"
	Administrator Role = "administrator"
	Auditor       Role = "auditor"
)

// Roles lists every role that can be granted.
var Roles = []Role{Author, Compliance, ComplaintDesk, HR, Administrator, Auditor}
