/// Where workloads run. Start at [DeploymentEvent].
@NullMarked
package dev.firebreak.eventlog.event.deployment;

import org.jspecify.annotations.NullMarked;
