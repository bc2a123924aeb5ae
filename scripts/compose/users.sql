CREATE DATABASE IF NOT EXISTS `mall`;
CREATE DATABASE IF NOT EXISTS `mall_test`;
-- Owns the schema and migrates it. Tests make databases and users of their own beside the shop's.
CREATE USER IF NOT EXISTS 'mall'@'%' IDENTIFIED BY 'mall-on-this-machine';
GRANT ALL ON `mall`.* TO 'mall'@'%' WITH GRANT OPTION;
GRANT ALL ON `mall%`.* TO 'mall'@'%' WITH GRANT OPTION;
GRANT CREATE USER ON *.* TO 'mall'@'%';
-- Whom the shop works as; db/privileges.ts gives it its rights, table by table.
CREATE USER IF NOT EXISTS 'mall_app'@'%' IDENTIFIED BY 'mall-app-on-this-machine';
