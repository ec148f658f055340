package dev.firebreak.commandside.enforcer;

import org.axonframework.config.AggregateConfigurer;

/// How this package's aggregate is put into Axon.
public final class MembershipShell {

    private MembershipShell() {}

    public static AggregateConfigurer<?> aggregate() {
        return AggregateConfigurer.defaultConfiguration(MembershipAggregate.class)
                .configureCreationPolicyAggregateFactory(
                        _ -> stream -> new MembershipAggregate(String.valueOf(stream)));
    }
}
