package dev.firebreak.cli;

import dev.firebreak.chatops.grammar.Request;

/// What is different afterwards, once a request was answered.
enum Effect {
    /// It only looked; who does not see the answer has lost nothing else.
    NONE,
    /// Something was decided, seen or not.
    DECIDED;

    static Effect of(Request request) {
        return switch (request) {
            case Request.ShowActive _,
                    Request.ShowContainment _,
                    Request.DrawPlan _,
                    Request.WhoAmI _,
                    Request.Help _,
                    Request.ListWorkloads _,
                    Request.ListEnforcers _,
                    Request.ListResponders _,
                    Request.ReplayContainment _,
                    Request.ReplaySpan _,
                    Request.ReplayAt _,
                    Request.VerifyAudit _,
                    Request.Diagnose _,
                    Request.PrintCompletion _ ->
                    NONE;
            case Request.Contain _,
                    Request.Approve _,
                    Request.Change _,
                    Request.EnrolEnforcer _,
                    Request.RevokeEnforcer _,
                    Request.EnlistResponder _,
                    Request.ChangeRole _,
                    Request.DismissResponder _,
                    Request.LinkSlackUser _,
                    Request.UnlinkSlackUser _,
                    Request.IssueToken _,
                    Request.RevokeToken _ ->
                    DECIDED;
        };
    }
}
