/// Where workloads run. Start reading at [DeploymentCommand].
@NullMarked
package dev.firebreak.commandside.deployment;

import org.jspecify.annotations.NullMarked;
