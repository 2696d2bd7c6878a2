//! A program that uses `cognito-op` and enables features of its dependencies.
