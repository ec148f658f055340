/// The host agents: how they enrol, prove who they are, and are spoken with.
///
/// Start reading at [AgentGateway], the listener they dial; then [AgentSession], one channel, and
/// [HostAgentPolicy], what we say in it. The wire is described in
/// `docs/reference/agent-protocol.md`.
@NullMarked
package dev.firebreak.enforcerconnectors.hostagent;

import org.jspecify.annotations.NullMarked;
