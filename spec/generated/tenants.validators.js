// Made by `npm run generate` from spec/tenants.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};

export const validateNewEvent = validate21;


const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern0 = new RegExp("^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$", "u");

function validate22(data, instancePath=""){
/*# sourceURL="EventTypeName" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 64){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 64}));
}
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate22.errors = vErrors;
return errors === 0;
}

const pattern1 = new RegExp("^[\\w:.-]{1,128}$", "u");

function validate21(data, instancePath=""){
/*# sourceURL="NewEvent" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.tenant === null){
delete data.tenant;
}
if(data.orderingKey === null){
delete data.orderingKey;
}
}
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.data === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "data"}));
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "data")) || (key0 === "tenant")) || (key0 === "orderingKey"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
if(!(validate22(data.type, instancePath+"/type"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.data !== undefined){
let data1 = data.data;
if(!(isObject(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/data", "type", {type: "object"}));
}
}
if(data.tenant !== undefined){
let data2 = data.tenant;
if(typeof data2 === "string"){
if(func2(data2) > 64){
errors = (vErrors ??= []).push(fault(instancePath+"/tenant", "maxLength", {limit: 64}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/tenant", "type", {type: "string"}));
}
}
if(data.orderingKey !== undefined){
let data3 = data.orderingKey;
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
errors = (vErrors ??= []).push(fault(instancePath+"/orderingKey", "pattern", {pattern: "^[\\w:.-]{1,128}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/orderingKey", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateEventTypeDefinition = validate24;


const pattern2 = new RegExp("^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate25(data, instancePath=""){
/*# sourceURL="Description" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 500){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 500}));
}
if(!pattern2.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate25.errors = vErrors;
return errors === 0;
}


function validate24(data, instancePath=""){
/*# sourceURL="EventTypeDefinition" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.description === null){
delete data.description;
}
if(data.example === null){
delete data.example;
}
}
if(isObject(data)){
if(data.schema === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "schema"}));
}
for(const key0 in data){
if(!(((key0 === "description") || (key0 === "schema")) || (key0 === "example"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.description !== undefined){
if(!(validate25(data.description, instancePath+"/description"))){
errors = add(vErrors ??= [], validate25);
}
}
if(data.schema !== undefined){
let data1 = data.schema;
if(!(isObject(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/schema", "type", {type: "object"}));
}
}
if(data.example !== undefined){
let data2 = data.example;
if(!(isObject(data2))){
errors = (vErrors ??= []).push(fault(instancePath+"/example", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate24.errors = vErrors;
return errors === 0;
}

export const validateEventTypeName = validate22;

export const validateNewTenant = validate27;



function validate28(data, instancePath=""){
/*# sourceURL="Name" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 200){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 200}));
}
if(!pattern2.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate28.errors = vErrors;
return errors === 0;
}


function validate27(data, instancePath=""){
/*# sourceURL="NewTenant" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.name === null){
delete data.name;
}
}
if(isObject(data)){
for(const key0 in data){
if(!(key0 === "name")){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.name !== undefined){
if(!(validate28(data.name, instancePath+"/name"))){
errors = add(vErrors ??= [], validate28);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate27.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[\\w:.-]{1,128}$": "must be 1 to 128 letters, digits or _ : . -",
    "^[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*$": "must be words of small letters, digits or _, joined by dots, and begin with a letter",
    "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters, lone surrogates or noncharacters"
};
