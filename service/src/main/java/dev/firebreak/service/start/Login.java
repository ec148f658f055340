package dev.firebreak.service.start;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/// One way into a database. Its text form holds no secret.
record Login(String url, String user, String password) {

    private static final int PASSWORD_BYTES = 24;

    /// A password that lives as long as this process: set anew at every start of an embedded
    /// server.
    static Login withNewPassword(String url, String user) {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Login(url, user, HexFormat.of().formatHex(bytes));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
