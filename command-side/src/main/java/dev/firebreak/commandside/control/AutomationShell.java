package dev.firebreak.commandside.control;

import org.axonframework.config.AggregateConfigurer;

/// How this package's aggregate is put into Axon.
public final class AutomationShell {

    private AutomationShell() {}

    public static AggregateConfigurer<?> aggregate() {
        return AggregateConfigurer.defaultConfiguration(AutomationAggregate.class)
                .configureCreationPolicyAggregateFactory(
                        _ -> stream -> new AutomationAggregate(String.valueOf(stream)));
    }
}
