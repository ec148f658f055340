package dev.firebreak.commandside.containment;

import org.axonframework.config.AggregateConfigurer;

/// How this package's aggregate is put into Axon.
public final class ContainmentShell {

    private ContainmentShell() {}

    public static AggregateConfigurer<?> aggregate() {
        return AggregateConfigurer.defaultConfiguration(ContainmentAggregate.class)
                .configureCreationPolicyAggregateFactory(
                        _ -> stream -> new ContainmentAggregate(String.valueOf(stream)));
    }
}
