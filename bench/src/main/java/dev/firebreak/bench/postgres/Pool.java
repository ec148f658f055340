package dev.firebreak.bench.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Kept connections, as a service has them.
public final class Pool {

    private Pool() {}

    public static AgroalDataSource of(PGSimpleDataSource source, int connections)
            throws SQLException {
        var user = new NamePrincipal(String.valueOf(source.getUser()));
        var password = new SimplePassword(String.valueOf(source.getPassword()));
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool ->
                                pool.maxSize(connections)
                                        .connectionFactoryConfiguration(factory ->
                                                factory.jdbcUrl(source.getUrl())
                                                        .principal(user)
                                                        .credential(password))));
    }
}
