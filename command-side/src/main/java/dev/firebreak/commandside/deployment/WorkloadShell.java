package dev.firebreak.commandside.deployment;

import org.axonframework.config.AggregateConfigurer;

/// How this package's aggregate is put into Axon.
public final class WorkloadShell {

    private WorkloadShell() {}

    public static AggregateConfigurer<?> aggregate() {
        return AggregateConfigurer.defaultConfiguration(WorkloadAggregate.class)
                .configureCreationPolicyAggregateFactory(
                        _ -> stream -> new WorkloadAggregate(String.valueOf(stream)));
    }
}
