internal import AccessModel
internal import Reconciliation

/// A state as a word with a mark of its own, so that no colour is needed to tell it.
enum Badge {
    static let active: HTML = "<span class=\"badge active\">active</span>"
    static let pending: HTML = "<span class=\"badge pending\">pending</span>"
    static let blocked: HTML = "<span class=\"badge blocked\">blocked</span>"
    static let unmanaged: HTML = "<span class=\"badge unmanaged\">unmanaged</span>"
    static let overdue: HTML = "<span class=\"badge blocked\">overdue</span>"
    static let expiring: HTML = "<span class=\"badge expiring\">expiring</span>"
    static let error: HTML = "<span class=\"badge blocked\">error</span>"
    static let warning: HTML = "<span class=\"badge expiring\">warning</span>"
}

extension AccessReport.Standing {
    var badge: HTML {
        switch self {
        case .active: Badge.active
        case .pending: Badge.pending
        case .blocked: Badge.blocked
        }
    }
}

extension AccessReport.Expiry {
    /// The instant, and how near it is.
    var cell: HTML {
        switch urgency {
        case .later: "\(at)"
        case .soon: "\(Badge.expiring) \(at)"
        case .overdue: "\(Badge.overdue) \(at)"
        }
    }
}
